// Tasks: what an organization must do by when, with its reports, evidence and reviews.
import { api } from '$lib/api/pending';
import type { Page } from './page';

export type TaskState =
  'new' | 'acknowledged' | 'in_progress' | 'submitted' | 'returned' | 'accepted' | 'cancelled';
/** How a task stands on a day, seen against its deadline. */
export type TaskStanding = 'done' | 'in_time' | 'at_risk' | 'late' | 'cancelled';

export interface Task {
  id: string;
  campaign_id: string;
  campaign_name?: string | null;
  parent_id: string | null;
  depth: number;
  kind: 'do' | 'inform';
  workstream: string | null;
  title: string;
  description: string;
  basis: string;
  lead_organization_id: string;
  lead_organization_name?: string | null;
  admin_unit_id: string;
  admin_unit_name?: string | null;
  first_day: string;
  due_day: string;
  wanted_evidence: string;
  state: TaskState;
  progress: number;
  standing: TaskStanding;
  /** Why it is at risk, for people. */
  risk_reason?: string | null;
  child_count: number;
  version: number;
}

export interface TaskEvent {
  id: string;
  number: number;
  kind: string;
  at: string;
  day: string;
  state: TaskState;
  progress: number;
  note: string;
  actor_name?: string | null;
  organization_name?: string | null;
}

export interface TaskEvidence {
  file_id: string;
  name: string;
  size_bytes: number;
  note: string;
}

export interface TaskDetail extends Task {
  coordinating: { id: string; name: string }[];
  events: TaskEvent[];
  evidence: TaskEvidence[];
}

export interface TaskFilter {
  campaign_id?: string;
  parent_id?: string;
  mine?: boolean;
  standing?: string;
  /** Part of the title, with or without accents. */
  q?: string;
  depth?: number;
  on?: string;
  limit?: number;
  page?: string | null;
}

export interface TaskReport {
  progress: number;
  note: string;
  evidence_file_ids: string[];
  /** The work is done and handed in for review. */
  submit: boolean;
}

export const taskList = (filter: TaskFilter) => api.get<Page<Task>>('/tasks', { ...filter });
export const taskGet = (id: string) => api.get<TaskDetail>(`/tasks/${id}`);
export const taskAcknowledge = (id: string) => api.post(`/tasks/${id}/acknowledge`, {});
export const taskReport = (id: string, report: TaskReport) => api.post(`/tasks/${id}/report`, report);
export const taskReview = (id: string, accepted: boolean, note: string) =>
  api.post(`/tasks/${id}/${accepted ? 'accept' : 'return'}`, { note });
export const taskUrge = (id: string, note: string) => api.post(`/tasks/${id}/urge`, { note });

export interface TaskCascade {
  organization_kind: string;
  levels: { level: 'district' | 'commune'; days_before: number }[];
}
export const taskCascade = (id: string, cascade: TaskCascade) =>
  api.post<{ created: number }>(`/tasks/${id}/cascade`, cascade);
