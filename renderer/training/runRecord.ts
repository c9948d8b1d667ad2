import type { Problem } from '../../shared/problem.ts';
import type { PreparingStage, TrainEvent } from '../../shared/training/events.ts';
import { appendBatch, createBatchSeries, type BatchSeries } from './batchSeries.ts';

type EventOf<T extends TrainEvent['type']> = Extract<TrainEvent, { type: T }>;
export type StartedEvent = EventOf<'started'>;
export type EpochEvent = EventOf<'epoch'>;
export type EndEvent = EventOf<'done' | 'stopped' | 'failed'>;

/** All that a run has told so far, in a compact form. It grows in place. */
export interface RunRecord {
  readonly runId: string;
  readonly name: string;
  /** What it waits for before its first batch, where it says so. */
  stage: PreparingStage | null;
  started: StartedEvent | null;
  readonly batches: BatchSeries;
  readonly epochs: EpochEvent[];
  lastBatch: EventOf<'batch'> | null;
  /** Training examples per second, averaged over the last batches; 0 while unknown. */
  examplesPerSecond: number;
  lastCheckpoint: EventOf<'checkpoint'> | null;
  end: EndEvent | null;
  /** The first sequence number that is not known yet. */
  nextSeq: number;
}

export function createRunRecord(runId: string, name: string): RunRecord {
  return {
    runId,
    name,
    stage: null,
    started: null,
    batches: createBatchSeries(),
    epochs: [],
    lastBatch: null,
    examplesPerSecond: 0,
    lastCheckpoint: null,
    end: null,
    nextSeq: 0,
  };
}

/** The weight of the newest batch in the averaged speed: batches come many a second and differ by chance. */
const speedWeight = 0.05;

/** Adds events to a record. What it holds already, which a new connection may bring again, is passed over. */
export function foldEvents(record: RunRecord, events: readonly TrainEvent[]): void {
  for (const event of events) {
    if (event.seq < record.nextSeq) continue;
    record.nextSeq = event.seq + 1;
    fold(record, event);
  }
}

function fold(record: RunRecord, event: TrainEvent): void {
  switch (event.type) {
    case 'preparing':
      record.stage = event.stage;
      break;
    case 'started':
      record.started = event;
      break;
    case 'batch': {
      const { examplesPerSecond: speed } = event;
      record.lastBatch = event;
      record.stage = null;
      record.examplesPerSecond +=
        record.examplesPerSecond === 0 ? speed : speedWeight * (speed - record.examplesPerSecond);
      appendBatch(record.batches, stepOf(record, event.epoch, event.batch), event.loss, event.accuracy);
      break;
    }
    case 'epoch':
      record.epochs.push(event);
      break;
    case 'checkpoint':
      record.lastCheckpoint = event;
      break;
    default:
      record.stage = null;
      record.end = event;
  }
}

/** Counts batches over all epochs, from 1. Epochs count from 1, batches from 0. */
function stepOf({ started }: RunRecord, epoch: number, batch: number): number {
  return (epoch - 1) * (started?.batchesPerEpoch ?? 0) + batch + 1;
}

/** Why the run learns nothing, as it was found after its last epoch or with its failure. */
export function causeOf({ epochs, end }: RunRecord): Problem | null {
  const failed = end?.type === 'failed' ? end.cause : undefined;
  return failed ?? epochs.at(-1)?.cause ?? null;
}
