package org.wayfolk.messenger.setting;

import org.wayfolk.messenger.work.News;

/** Something is set otherwise than before. */
public record SettingsChanged() implements News {}
