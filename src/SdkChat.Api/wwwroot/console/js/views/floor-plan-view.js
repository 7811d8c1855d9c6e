import { PLAN_IMAGE } from '../api/tenant-admin.js';
import { Problem } from '../api/problem.js';
import { confirm } from './confirm.js';
import { h, say } from './dom.js';
import { formDialog } from './form-dialog.js';
import { OperationsView } from './operations-view.js';
import { emptyState } from './states.js';
import { ago } from './time.js';

/** @import { TenantAdmin } from '../api/tenant-admin.js' */
/** @import { FloorPlan } from '../api/types.js' */
/** @import { Outcome } from './operations-view.js' */

const TYPES = 'image/png,image/jpeg,image/webp';

/** Where a version of the plan's picture is. @param {FloorPlan} plan */
export const pictureOf = (plan) => `${PLAN_IMAGE}?${new URLSearchParams({ version: plan.version })}`;

/**
 * The shop's floor plan: shown, replaced, removed.
 * @param {TenantAdmin} admin
 * @param {Outcome} outcome
 * @param {(plan: FloorPlan | null) => void} onChange it is known what the shop has
 */
export function floorPlanView(admin, outcome, onChange) {
  const load = async () => {
    const plan = await admin.floorPlan();
    onChange(plan);
    return { plan };
  };
  /** @type {OperationsView<{ plan: FloorPlan | null }>} */
  const view = new OperationsView('plan.title', load, ({ plan }) => {
    remove.hidden = plan === null;
    say(add, plan === null ? 'plan.new' : 'plan.replace');
    if (plan === null) return [emptyState('plan.empty', 'plan.empty.hint')];
    return [
      h('img', {
        class: 'plan-picture', testid: 'plan-picture', tAttrs: { alt: 'plan.title' },
        attrs: { src: pictureOf(plan), width: plan.width, height: plan.height },
      }),
      h('p', { class: 'state-hint' }, h('span', { t: 'plan.size', args: { width: plan.width, height: plan.height } }),
        ' · ', ago(plan.updated_at)),
    ];
  }, outcome);

  const choose = () => {
    const input = h('input', {
      class: 'input', testid: 'plan-file', attrs: { id: 'plan-file', type: 'file', accept: TYPES, required: true },
    });
    formDialog({
      testid: 'plan-dialog', title: 'plan.new', action: 'plan.store',
      refused: { UNSUPPORTED_MEDIA_TYPE: 'plan.type', PAYLOAD_TOO_LARGE: 'plan.refused', VALIDATION_FAILED: 'plan.refused' },
      fields: [
        h('label', { class: 'label', t: 'plan.file', attrs: { for: 'plan-file' } }), input,
        h('p', { class: 'state-hint', t: 'plan.hint' }),
      ],
      submit: async () => {
        const [file] = input.files ?? [];
        if (file) await admin.storeFloorPlan(file);
        void view.refresh();
      },
    });
  };
  const forget = async () => {
    if (!(await confirm('plan.confirm', {}, 'plan.remove'))) return;
    try {
      await admin.removeFloorPlan();
    } catch (thrown) {
      outcome.failed(Problem.from(thrown));
    }
    await view.refresh();
  };
  const remove = h('button', {
    class: 'button danger', testid: 'plan-remove', t: 'plan.remove',
    attrs: { type: 'button', hidden: true }, on: { click: () => void forget() },
  });
  const add = h('button', { class: 'button', testid: 'plan-new', t: 'plan.new', attrs: { type: 'button' }, on: { click: choose } });
  view.head.append(h('div', { class: 'tools' }, add, remove));
  return view;
}
