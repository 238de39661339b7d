// Tasks: what an organization must do by when, with its reports, evidence and reviews.
import { client, content, uploadBody } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { newId } from '$lib/ids';

type Schemas = components['schemas'];
export type Task = Schemas['Task'];
export type TaskDetail = Schemas['TaskDetail'];
export type CampaignTask = Schemas['CampaignTask'];
export type TaskStateOn = Schemas['TaskStateOn'];
export type CascadeLevel = Schemas['CascadeLevel'];
export type TaskCreate = Schemas['TaskCreate'];

/** How a task stands, told in one word. */
export type Standing = 'done' | 'in_time' | 'at_risk' | 'late' | 'cancelled';

export function standingOf(task: Pick<Task, 'state' | 'standing' | 'risk'>): Standing {
  if (task.state === 'cancelled') return 'cancelled';
  if (task.state === 'accepted') return 'done';
  if (task.standing.late) return 'late';
  return task.risk?.at_risk ? 'at_risk' : 'in_time';
}

/** Still in the hands of its lead. */
export const isOpen = (task: Pick<Task, 'state'>) =>
  ['new', 'acknowledged', 'in_progress', 'returned'].includes(task.state);

/** Its lead reports percent; otherwise it follows from the tasks below or is done by acknowledging. */
export const takesReports = (task: Pick<Task, 'kind' | 'has_children'>) =>
  task.kind === 'do' && !task.has_children;

const URGENCY: Record<Standing, number> = { late: 0, at_risk: 1, in_time: 2, done: 3, cancelled: 4 };

/** What burns first comes first. */
export const byUrgency = (a: Task, b: Task) =>
  URGENCY[standingOf(a)] - URGENCY[standingOf(b)] || a.due_day.localeCompare(b.due_day);

export const myTasks = () => content(client.GET('/api/v1/my_tasks', { params: { query: { limit: 200 } } }));
export const taskChildren = (id: string, page?: string | null) =>
  content(
    client.GET('/api/v1/tasks', {
      params: { query: { parent_id: id, page: page ?? undefined, limit: 200 } },
    }),
  );
export const taskSearch = (campaignId: string, q: string, late: boolean) =>
  content(
    client.GET('/api/v1/tasks', {
      params: { query: { campaign_id: campaignId, q: q || undefined, late: late || undefined, limit: 200 } },
    }),
  );
/** The tops of a campaign's cascades as they stood at the end of a day. */
export const campaignTaskStates = (campaignId: string, on: string) =>
  content(
    client.GET('/api/v1/campaigns/{id}/task_states', { params: { path: { id: campaignId }, query: { on } } }),
  );
export const taskGet = (id: string) =>
  content(client.GET('/api/v1/tasks/{id}', { params: { path: { id } } }));
export const taskStateOn = (id: string, on: string) =>
  content(client.GET('/api/v1/tasks/{id}/state', { params: { path: { id }, query: { on } } }));
export const taskEvidenceList = (id: string) =>
  content(client.GET('/api/v1/tasks/{id}/evidence', { params: { path: { id } } }));

/** Acknowledges a task in the words of the button; a task that only informs is done with them. */
export const taskAcknowledge = (id: string, words: string) =>
  client.POST('/api/v1/tasks/{id}/acknowledge', {
    params: { path: { id } },
    body: { id: newId(), note: words },
  });

/** Reports how far a task is; at 100 percent it is handed in for review. */
export const taskReport = (id: string, percent: number, note: string, eventId: string) =>
  percent === 100
    ? client.POST('/api/v1/tasks/{id}/submit', { params: { path: { id } }, body: { id: eventId, note } })
    : client.POST('/api/v1/tasks/{id}/progress', {
        params: { path: { id } },
        body: { id: eventId, percent, note },
      });

export const taskEvidenceAdd = (id: string, file: File, fileId: string) =>
  client.POST('/api/v1/tasks/{id}/evidence', {
    params: { path: { id } },
    body: uploadBody<Schemas['EvidenceForm']>(file, { id: fileId }),
  });
export const taskReview = (id: string, accept: boolean, note: string) =>
  client.POST('/api/v1/tasks/{id}/review', {
    params: { path: { id } },
    body: { outcome: accept ? 'accepted' : 'returned', id: newId(), note },
  });
export const taskUrge = (id: string, note: string, below: boolean) =>
  content(client.POST('/api/v1/tasks/{id}/urge', { params: { path: { id } }, body: { note, below } }));
export const taskCreate = (body: TaskCreate) => content(client.POST('/api/v1/tasks', { body }));
/** Who hands a task over to another body may not see it any more afterwards. */
export const taskHandOver = (id: string, organizationId: string, note: string) =>
  client.POST('/api/v1/tasks/{id}/hand_over', {
    params: { path: { id } },
    body: { to_organization_id: organizationId || null, note },
  });
/** Takes a task back with everything below that is not done. */
export const taskCancel = (id: string, note: string, eventId: string) =>
  content(
    client.POST('/api/v1/tasks/{id}/cancel', { params: { path: { id } }, body: { id: eventId, note } }),
  );
export const taskReopen = (id: string, note: string, eventId: string) =>
  client.POST('/api/v1/tasks/{id}/reopen', { params: { path: { id } }, body: { id: eventId, note } });
export const taskCascade = (id: string, cascadeId: string, levels: CascadeLevel[]) =>
  content(
    client.POST('/api/v1/tasks/{id}/cascade', {
      params: { path: { id } },
      body: { id: cascadeId, levels, skip_missing: true },
    }),
  );
