package org.wayfolk.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;

/**
 * Sets logging up in code: reading a file of settings would cost a tenth of a second at each start.
 * Found by the logger through its service file.
 */
public final class LogFile extends ContextAwareBase implements Configurator {
  private static final String DIRECTORY = "wayfolk.log.directory";
  private static final String LEVEL = "wayfolk.log.level";

  /** Size of each of the two files: weeks of a quiet node, minutes of a talkative one. */
  private static final int MAX_BYTES = 2 << 20;

  /** For the logger. */
  public LogFile() {}

  /**
   * Chooses where to log; call before anything logs.
   *
   * @param directory made when the first line is written
   * @param verbose whether to write what helps only in search of a fault
   */
  public static void to(Path directory, boolean verbose) {
    System.setProperty(DIRECTORY, directory.toString());
    System.setProperty(LEVEL, verbose ? "DEBUG" : "INFO");
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    String directory = System.getProperty(DIRECTORY);
    // Without a listener the logger prints pages about itself when its file cannot be opened.
    context.getStatusManager().add(new NopStatusListener());
    if (directory == null || !usable(Path.of(directory))) {
      root.setLevel(Level.OFF);
    } else {
      root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.INFO));
      // The web server tells of its start and, at a stranger's rate, of broken requests.
      context.getLogger("org.eclipse.jetty").setLevel(Level.ERROR);
      context.getLogger("io.javalin").setLevel(Level.ERROR);
      root.addAppender(appender(context, Path.of(directory)));
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** A node whose log cannot be written runs without one. */
  private static boolean usable(Path directory) {
    try {
      Files.createDirectories(directory);
      return Files.isWritable(directory);
    } catch (IOException e) {
      return false;
    }
  }

  private static RollingFileAppender<ILoggingEvent> appender(
      LoggerContext context, Path directory) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level %logger{0} %msg%n");
    encoder.start();
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setFile(directory.resolve("node.log").toString());
    file.setEncoder(encoder);
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(file);
    rolling.setMinIndex(1);
    rolling.setMaxIndex(1);
    rolling.setFileNamePattern(directory.resolve("node.%i.log").toString());
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(MAX_BYTES));
    size.start();
    file.setRollingPolicy(rolling);
    file.setTriggeringPolicy(size);
    file.start();
    return file;
  }
}
