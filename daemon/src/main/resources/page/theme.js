/*
 * Before the first paint: theme, text size and language as this browser knew them last, so that nothing
 * flashes. What counts is in the daemon's settings; `base/look.js` keeps this copy up to date.
 */
'use strict';
(() => {
  const root = document.documentElement;
  const CODE = /^#code=([A-Za-z0-9_-]{8,128})$/;
  const code = CODE.exec(location.hash);
  if (code) {
    // The one-time code is taken out of the address before anything else runs; link.js asks for it.
    history.replaceState(null, '', location.pathname);
    root.dataset.code = code[1];
  }
  try {
    const look = JSON.parse(localStorage.getItem('wayfolk.look') || '{}');
    if (look.theme === 'light' || look.theme === 'dark') root.dataset.theme = look.theme;
    if (typeof look.size === 'number' && look.size >= 90 && look.size <= 130) {
      root.dataset.size = String(look.size);
    }
    const tongue = look.language || (navigator.language || 'en').slice(0, 2);
    root.lang = tongue === 'ru' ? 'ru' : 'en';
  } catch {
    root.lang = 'en';
  }
})();
