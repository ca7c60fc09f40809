/** Where each screen lives. The page asks for them by name. */
import { lazy } from '../base/lazy.js';

export const Accept = lazy(() => import('./meet/accept.js'), 'Accept');
export const Connection = lazy(() => import('./connection/connection.js'), 'Connection');
export const First = lazy(() => import('./first/first.js'), 'First');
export const Help = lazy(() => import('./help/help.js'), 'Help');
export const Invite = lazy(() => import('./meet/invite.js'), 'Invite');
export const Person = lazy(() => import('./person/person.js'), 'Person');
export const Settings = lazy(() => import('./settings/settings.js'), 'Settings');
export const Truth = lazy(() => import('./talk/truth.js'), 'Truth');
export const Search = lazy(() => import('./talk/search.js'), 'Search');
export const Talk = lazy(() => import('./talk/talk.js'), 'Talk', [Search]);
export const Verify = lazy(() => import('./person/verify.js'), 'Verify');
