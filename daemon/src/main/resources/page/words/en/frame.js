// What all screens of the main column share, in English.
export default {
  back: 'Back',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  of: '{part} of {whole}',
};
