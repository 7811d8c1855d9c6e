import { AlertSettingsStore } from '../state/alert-settings.js';
import { AlertWatch, RATE_MINUTES } from '../state/alert-watch.js';
import { i18n } from '../i18n/i18n.js';
import { backlistNotice, failedNotice, rateNotice, waitingNotice } from '../views/alert-notices.js';
import { showAlerts } from '../views/alerts-dialog.js';
import { h, setAttribute } from '../views/dom.js';
import { icon } from '../views/icons.js';
import { badgeTab } from '../views/page-title.js';
import { Toasts } from '../views/toasts.js';
import { AlertSound } from './alert-sound.js';
import { features } from './browser-features.js';

/** @import { Problem } from '../api/problem.js' */
/** @import { Rule } from '../state/alert-settings.js' */
/** @import { WatchSource } from '../state/alert-watch.js' */
/** @import { SeenEvent } from '../state/live-log.js' */
/** @import { Notice } from '../views/alert-notices.js' */

/** Shows what the rules in this browser ask for: a toast, and for a page in the background a badge and a notification of the system. */
export class Alerts {
  #nameOf;
  #settings = new AlertSettingsStore(features);
  #watch;
  #sound = new AlertSound();
  #unseen = 0;
  #onLook = () => { if (isLookedAt()) this.#badge(0); };
  toasts = new Toasts();
  button = h('button', {
    class: 'button quiet icon-button', testid: 'alerts', tAttrs: { 'aria-label': 'alerts.title', title: 'alerts.title' },
    attrs: { type: 'button' },
    on: { click: () => showAlerts(this.#settings, this.#sound, () => this.#onChange()) },
  }, icon('bell'));

  /**
   * @param {WatchSource} source
   * @param {(profileId: string) => string} nameOf '' where it is not known
   * @param {(problem: Problem) => void} onProblem
   */
  constructor(source, nameOf, onProblem) {
    this.#nameOf = nameOf;
    this.#watch = new AlertWatch(source, () => this.#settings.value, {
      onWaiting: (chat, total) => this.#show('waiting', waitingNotice(chat, total, this.#settings.value.waitingSeconds)),
      onRate: (share, total) => this.#show('rate', rateNotice(share, total, RATE_MINUTES)), onProblem,
    });
  }

  start() {
    document.addEventListener('visibilitychange', this.#onLook);
    addEventListener('focus', this.#onLook);
    this.#watch.start();
    this.#mark();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.#onLook);
    removeEventListener('focus', this.#onLook);
    this.#watch.stop();
    this.toasts.clear();
    this.#badge(0);
  }

  /** @param {SeenEvent} event */
  onEvent(event) {
    const { on, failed, backlist } = this.#settings.value;
    if (!on) return;
    if (event.name === 'backlist_triggered' && backlist) {
      this.#raise('backlist', backlistNotice(event, this.#nameOf(event.data.profile_id)));
    }
    if (event.name === 'chat_failed' && failed) this.#raise('failed', failedNotice(event, this.#nameOf(event.data.profile_id)));
  }

  /** @param {Rule} rule @param {Notice} notice */
  #show(rule, notice) {
    this.#raise(rule, notice);
    this.toasts.show();
  }

  /** The toast is on the page with the next drawing. @param {Rule} rule @param {Notice} notice */
  #raise(rule, notice) {
    this.toasts.add(notice);
    if (this.#settings.value[`${rule}Sound`]) void this.#sound.announce(notice.tag);
    if (isLookedAt()) return;
    this.#badge(this.#unseen + 1);
    if (this.#settings.value.desktop) {
      features.notify(i18n.t(notice.title, notice.args), { body: notice.body, tag: notice.tag }, () => { location.hash = notice.href; });
    }
  }

  #onChange() {
    if (!this.#settings.value.on) {
      this.toasts.clear();
      this.#badge(0);
    }
    this.#mark();
    void this.#watch.check();
  }

  #mark() {
    setAttribute(this.button, 'data-off', !this.#settings.value.on);
  }

  /** @param {number} unseen */
  #badge(unseen) {
    this.#unseen = unseen;
    badgeTab(unseen);
  }
}

const isLookedAt = () => !document.hidden && document.hasFocus();
