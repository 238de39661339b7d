// What the plan editor holds: the draft, whether it is saved, and what the server found wrong with it.
import {
  campaignGet,
  campaignPlanUpdate,
  campaignVersionGet,
  type Campaign,
  type Plan,
} from '$lib/data/campaigns';
import { ApiError, fieldError } from '$lib/errors';
import { draftOf, nameLines, planOf, type Line, type PlanDraft } from './draft';
import { merged, type Content, type Part } from './merge';
import { placeOf, placeOfFault, sectionOf, type SectionId } from './places';

/** The campaign's draft as somebody else saved it. */
interface Meanwhile {
  campaign: Campaign;
  content: Content;
}

export class PlanEditor {
  campaign = $state.raw() as Campaign;
  name = $state('');
  firstDay = $state('');
  lastDay = $state('');
  draft = $state() as PlanDraft;
  busy = $state(false);
  error = $state.raw<unknown>();
  /** Set when somebody else saved the plan since it was opened here. */
  meanwhile = $state.raw<Meanwhile>();
  /** As it is on the server, as far as known here. */
  saved = $state.raw() as Content;
  #faults = $state.raw<{ field: string; place: string; text: string }[]>([]);

  content = $derived.by((): Content => ({
    name: this.name.trim(),
    first_day: this.firstDay,
    last_day: this.lastDay,
    ...planOf(this.draft),
  }));
  dirty = $derived.by(() => JSON.stringify(this.content) !== JSON.stringify(this.saved));

  constructor(campaign: Campaign, plan: Plan) {
    this.campaign = campaign;
    this.saved = normal(campaign, plan);
    this.#show(this.saved);
  }

  /** Fields of the server's refusal that stand at a place of the form. */
  get faults(): { field: string; text: string }[] {
    return this.#faults;
  }

  /** What is wrong with a field, or with a field of a line. */
  fault = (path: string, line?: Line, field?: string): string | undefined => {
    const place = placeOf(path, line, field);
    return this.#faults.find((one) => one.place === place)?.text;
  };

  faultsIn = (section: SectionId): number =>
    this.#faults.filter(({ field }) => sectionOf(field) === section).length;

  /** Writes what stands here; the result says whether it is written. */
  async save(): Promise<boolean> {
    nameLines(this.draft.audiences);
    nameLines(this.draft.workstreams);
    const sent = this.content;
    const { name, first_day, last_day, ...plan } = sent;
    const draft = $state.snapshot(this.draft);
    this.busy = true;
    this.error = undefined;
    this.#faults = [];
    try {
      const { row_version } = this.campaign;
      this.campaign = await campaignPlanUpdate(this.campaign.id, {
        row_version,
        name,
        first_day,
        last_day,
        plan,
      });
      this.saved = sent;
      return true;
    } catch (failure) {
      await this.#refused(failure, draft);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Goes on from what somebody else saved, with these of their parts; the rest stays as it stands here. */
  resolve(taken: Part[]): void {
    if (!this.meanwhile) return;
    const { campaign, content } = this.meanwhile;
    this.campaign = campaign;
    this.saved = content;
    this.#show(merged(this.content, content, taken));
    this.meanwhile = undefined;
    this.error = undefined;
  }

  async #refused(failure: unknown, sent: PlanDraft): Promise<void> {
    this.error = failure;
    if (!(failure instanceof ApiError)) return;
    this.#faults = failure.details.map(({ field }) => ({
      field,
      place: placeOfFault(field, sent),
      text: fieldError(failure, field) ?? '',
    }));
    if (failure.code !== 'record.changed_meanwhile') return;
    try {
      const campaign = await campaignGet(this.campaign.id);
      const { plan } = await campaignVersionGet(campaign.id, campaign.current_version);
      this.meanwhile = { campaign, content: normal(campaign, plan) };
    } catch (unreachable) {
      this.error = unreachable;
    }
  }

  #show({ name, first_day, last_day, ...plan }: Content): void {
    this.name = name;
    this.firstDay = first_day;
    this.lastDay = last_day;
    this.draft = draftOf(plan);
  }
}

/** As the editor would write it, so that what nobody touched is the same. */
function normal({ name, first_day, last_day }: Campaign, plan: Plan): Content {
  return { name, first_day, last_day, ...planOf(draftOf(plan)) };
}
