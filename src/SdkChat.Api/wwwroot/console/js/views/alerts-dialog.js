import { features } from '../app/browser-features.js';
import { LIMITS } from '../state/alert-settings.js';
import { FEWEST, RATE_MINUTES } from '../state/alert-watch.js';
import { h, say } from './dom.js';

/** @import { AlertSound } from '../app/alert-sound.js' */
/** @import { AlertSettings, AlertSettingsStore, Rule } from '../state/alert-settings.js' */
/** @import { Args, Key } from '../i18n/i18n.js' */

/**
 * Asks which alerts the reader wants; a change counts at once.
 * @param {AlertSettingsStore} settings
 * @param {AlertSound} sound
 * @param {() => void} onChange
 */
export function showAlerts(settings, sound, onChange) {
  /** @param {Partial<AlertSettings>} part */
  const change = (part) => { settings.change(part); onChange(); };
  const note = h('p', { class: 'field-error', testid: 'alerts-note', attrs: { role: 'status' } });
  const desktop = checkbox('desktop', 'alerts.desktop', {}, settings.value.desktop && features.mayNotify, async (isOn) => {
    const isAllowed = isOn && await features.askToNotify();
    if (isOn && !isAllowed) say(note, 'alerts.desktop.refused');
    desktop.input.checked = isAllowed;
    change({ desktop: isAllowed });
  });
  desktop.input.disabled = !features.canNotify;
  /** @param {Rule | 'on'} name @param {Key} key @param {Args} [args] */
  const choice = (name, key, args = {}) => checkbox(name, key, args, settings.value[name], (isOn) => change({ [name]: isOn })).element;
  /**
   * With its sound, which is played once when it is turned on: the reader knows what to expect.
   * @param {Rule} name
   * @param {Key} key
   * @param {Args} [args]
   */
  const rule = (name, key, args) => h('div', { class: 'alert-row' }, choice(name, key, args),
    sound.canPlay && checkbox(`${name}Sound`, 'alerts.sound', {},
      settings.value[`${name}Sound`], (isOn) => {
        change({ [`${name}Sound`]: isOn });
        if (isOn) void sound.play();
      }).element);
  /** @param {keyof typeof LIMITS} name @param {Key} key */
  const limit = (name, key) => number(name, key, settings.value[name], (value) => change({ [name]: value }));

  const dialog = h('dialog', { class: 'card confirm', testid: 'alerts-dialog', attrs: { 'aria-labelledby': 'alerts-title' } },
    h('h2', { t: 'alerts.title', attrs: { id: 'alerts-title' } }),
    h('div', { class: 'alert-rules' }, choice('on', 'alerts.on')),
    h('fieldset', { class: 'alert-rules' }, h('legend', { t: 'alerts.when' }),
      rule('failed', 'alerts.failed'), rule('backlist', 'alerts.backlist'),
      rule('waiting', 'alerts.waiting'), limit('waitingSeconds', 'alerts.waiting.seconds'),
      rule('rate', 'alerts.rate', { n: FEWEST, minutes: RATE_MINUTES }), limit('ratePercent', 'alerts.rate.percent')),
    h('div', { class: 'alert-rules' }, desktop.element, note),
    h('p', { class: 'state-hint', t: features.canNotify ? 'alerts.hint' : 'alerts.desktop.missing' }),
    h('div', { class: 'confirm-buttons' },
      h('button', { class: 'button primary', t: 'help.done', attrs: { type: 'button' }, on: { click: () => dialog.close() } })));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string} name @param {Key} key @param {Args} args @param {boolean} isOn @param {(isOn: boolean) => void} onChange */
function checkbox(name, key, args, isOn, onChange) {
  const input = h('input', { testid: `alerts-${name}`, attrs: { type: 'checkbox' }, on: { change: () => onChange(input.checked) } });
  input.checked = isOn;
  return { input, element: h('label', { class: 'alert-rule' }, input, h('span', { t: key, args })) };
}

/**
 * A number that is not possible is not taken, and the old one comes back.
 * @param {keyof typeof LIMITS} name
 * @param {Key} key
 * @param {number} value
 * @param {(value: number) => void} onChange
 */
function number(name, key, value, onChange) {
  const [min, max] = LIMITS[name];
  let last = value;
  const input = h('input', {
    class: 'input', testid: `alerts-${name}`, attrs: { type: 'number', min, max, step: 1, required: true, value }, on: { change: () => {
      if (input.validity.valid) onChange(last = input.valueAsNumber);
      else input.value = String(last);
    } },
  });
  return h('label', { class: 'alert-limit' }, h('span', { t: key }), input);
}
