/** Changing settings: at once, and back with a word where the daemon did not take it. */
import { setting } from '../../base/sync.js';
import { t } from '../../base/words.js';
import { toast } from '../../parts/toast.js';

/** Changes settings. */
export function change(part) {
  return setting(part).catch(failed);
}

/** Says why something was not done. The row shows the old state again, so nothing is lost with this. */
export function failed(failure) {
  toast(t('settings.failed', { error: failure.error || failure.reason || failure.message }));
}

/** Saves a file that the daemon made ready for one download. */
export function save({ path, name }) {
  const link = document.createElement('a');
  link.href = path;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
