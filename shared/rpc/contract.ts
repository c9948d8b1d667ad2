import { eventIterator } from '@orpc/contract';
import { z } from 'zod';

import { frameworks } from '../codegen/code.ts';
import { engineChoiceSchema, engineInfoSchema, engineRungSchema } from '../engine.ts';
import { problemSchema } from '../problem.ts';
import { distributionsSchema } from '../training/distributions.ts';
import { estimateSchema } from '../training/estimate.ts';
import { receiptSchema, trainEventSchema } from '../training/events.ts';
import { base } from './base.ts';
import {
  engineResultSchema,
  interpretationOf,
  modelSourceSchema,
  networkSourceSchema,
  runIdSchema as runId,
} from './interpretation.ts';
import { pageCommandSchema } from './pageCommands.ts';
import { sessionsContract } from './sessions.ts';

/** A document as it comes from outside: the receiving side reads it with `readDocument`. */
const document = z.unknown();
const blockId = z.string().regex(/^[\w-]{1,64}$/);

/** Which engine there is, and why not a better one. */
export const engineReportSchema = z.object({
  engine: engineInfoSchema,
  rungs: z.array(engineRungSchema),
  dataset: z.object({ path: z.string(), ok: z.boolean() }),
});
export type EngineReport = z.infer<typeof engineReportSchema>;

/** Pictures of a dataset: one byte a pixel, row by row, picture after picture, as base64. */
export const samplesSchema = z.object({
  height: z.number(),
  width: z.number(),
  labels: z.array(z.number()),
  pixels: z.string(),
});
export type Samples = z.infer<typeof samplesSchema>;
const samplesInput = z.object({
  dataset: z.string().max(64),
  count: z.int().min(1).max(400),
  seed: z.int().min(0),
});

const testPicturesInput = z.object({
  dataset: z.string().max(64),
  indices: z.array(z.int().min(0)).min(1).max(400),
});

export const runStatusSchema = z.enum(['preparing', 'running', 'stopping', 'done', 'stopped', 'failed']);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** One training, as a list shows it. */
export const runSummarySchema = z.object({
  runId: z.string(),
  name: z.string(),
  status: runStatusSchema,
  /** ISO 8601. */
  startedAt: z.string(),
  valAccuracy: z.number().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** What an export writes: TensorFlow.js's model.json, or source code with its weights. */
export const exportFormatSchema = z.enum(['tfjs', ...frameworks]);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** A written model, ready to be fetched. */
export const exportedSchema = z.object({
  /** For the host's download of the files. */
  exportId: z.string(),
  format: exportFormatSchema,
  receipt: receiptSchema,
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
});
export type Exported = z.infer<typeof exportedSchema>;

/** Every message between a screen (or the command line) and the core. To add one: an entry here, a handler in main/core/router.ts. */
export const contract = {
  engine: {
    /** Starts the engine where it is not running yet; answers when it is ready. */
    prepare: base.input(z.object({ engine: engineChoiceSchema })).output(engineReportSchema),
  },
  datasets: {
    samples: base.input(samplesInput).output(samplesSchema),
    /** Pictures of the test set by their numbers, in that order. */
    testPictures: base.input(testPicturesInput).output(samplesSchema),
  },
  sessions: sessionsContract,
  log: {
    /** An error in the page, with where it was thrown. */
    report: base
      .input(z.object({ id: z.string().regex(/^\w{1,16}$/), text: z.string().max(8000) }))
      .output(z.null()),
    /** The ends of the logs, and the folder that they are in. */
    read: base.output(
      z.object({ folder: z.string(), logs: z.array(z.object({ name: z.string(), text: z.string() })) }),
    ),
  },
  /** Blocks that the user saved, for all projects. */
  palette: {
    list: base.output(z.array(z.object({ blockId: z.string(), document, savedAt: z.string() })).readonly()),
    save: base.input(z.object({ document })).output(z.object({ blockId: z.string() })),
    remove: base.input(z.object({ blockId })).output(z.null()),
  },
  runs: {
    start: base
      .input(z.object({ document, engine: engineChoiceSchema }))
      .output(z.object({ runId: z.string() })),
    /** A run's events from a number on, past ones first; ends with the run. */
    watch: base
      .input(z.object({ runId, fromSeq: z.int().min(0) }))
      .output(eventIterator(z.array(trainEventSchema))),
    /** Ends a training after the batch it is at; what was learned is kept. */
    stop: base.input(z.object({ runId })).output(z.null()),
    /**
     * Measures for some two seconds how long an epoch of a document would take. Null where it was ended before: by a
     * training, by a newer one, or by its caller.
     */
    estimate: base
      .input(z.object({ document, engine: engineChoiceSchema }))
      .output(estimateSchema.nullable()),
    /** Runs of this machine, newest first. */
    list: base.output(z.array(runSummarySchema)),
    /** Epochs whose weights were kept, first ones first; epoch 0 has the initial ones. */
    checkpoints: base
      .input(z.object({ runId }))
      .output(z.array(z.object({ epoch: z.int(), valAccuracy: z.number().nullable() }))),
    /**
     * How a run's weights and gradients were distributed at moments of its training, first ones first, from a step on;
     * of a run under way those until now. None for a run that kept none. Of many moments every second one goes, so that
     * there are never more than a few hundred.
     */
    distributions: base
      .input(z.object({ runId, fromStep: z.int().min(0) }))
      .output(z.array(distributionsSchema)),
  },
  /** Answers about a network with its weights: what it computes, and why. */
  interpretation: {
    ...interpretationOf(modelSourceSchema),
    /** The test set by every engine of the machine, one after another, each in a process of its own. */
    engines: base.input(z.object({ source: modelSourceSchema })).output(eventIterator(engineResultSchema)),
  },
  models: {
    /** Writes a model with its weights, reloads these and compares: of a run, or of a document with its initial weights. */
    export: base
      .input(
        z.union([
          z.object({ runId, format: exportFormatSchema.optional() }),
          z.object({ document, engine: engineChoiceSchema, format: exportFormatSchema.optional() }),
        ]),
      )
      .output(exportedSchema),
  },
};

/** Names a file that the user chose for a window, for as long as the window lives; the page never sees its path. */
const fileToken = z.string().regex(/^[\w-]{1,64}$/);

/** What a window's title, menus and question on closing go by. */
export const windowStateSchema = z.object({
  name: z.string().max(256),
  /** The file that Save writes to. */
  fileToken: fileToken.nullable(),
  /** Whether there is something that is in no file. */
  edited: z.boolean(),
  /** The files of all its tabs. */
  openFiles: z.array(fileToken).max(1000),
  /** What undoing and redoing would do, in the page's language; null where there is nothing. */
  undo: z.string().max(300).nullable(),
  redo: z.string().max(300).nullable(),
  language: z.enum(['en', 'zh-TW']),
  theme: z.enum(['light', 'dark', 'auto']),
  /** What Train would do now. */
  train: z.enum(['train', 'stop', 'wait', 'blocked']),
  /** The keys of commands as they are set now, written as the page writes them: `mod+shift+Z`. */
  keys: z.partialRecord(pageCommandSchema, z.array(z.string().max(40)).max(10)),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const openedFileSchema = z.object({ fileToken, fileName: z.string(), text: z.string() });
export type OpenedFile = z.infer<typeof openedFileSchema>;

export const wishSchema = z.discriminatedUnion('type', [
  /** `byKey`: a shortcut of the menu, which a text field or a dialog may have a meaning of its own for. */
  z.object({ type: z.literal('command'), id: pageCommandSchema, byKey: z.boolean().optional() }),
  /** Save, then say whether the window may close. */
  z.object({ type: z.literal('saveAndClose') }),
  /** Keep in the core what is not kept yet, then say that the window may close. */
  z.object({ type: z.literal('close') }),
  z.object({ type: z.literal('open'), file: openedFileSchema }),
  /** Bring the tab with this file onto the screen. */
  z.object({ type: z.literal('show'), fileToken }),
  z.object({ type: z.literal('problems'), problems: z.array(problemSchema) }),
]);
export type Wish = z.infer<typeof wishSchema>;

/** What a window of the desktop program says besides: to the core as any page does, and to the system around it. */
export const desktopContract = {
  ...contract,
  desktop: {
    tell: base.input(windowStateSchema).output(z.null()),
    /** The answer to a wish to close, or to save and close. */
    mayClose: base.input(z.object({ may: z.boolean() })).output(z.null()),
    /** What the menus and the system ask of the page; never ends. */
    wishes: base.output(eventIterator(wishSchema)),
    /** Lets the user choose a file and reads it; null when they choose none. */
    openFile: base.output(openedFileSchema.nullable()),
    /** Writes to a file that was opened or saved before, else to one that the user chooses; null when they choose none. */
    saveFile: base
      .input(
        z.object({ fileToken: fileToken.nullable(), suggestedName: z.string().max(256), text: z.string() }),
      )
      .output(z.object({ fileToken, fileName: z.string() }).nullable()),
    /** Writes a table or a picture to a file that the user chooses; gives its path, or null when they choose none. */
    saveData: base
      .input(z.object({ suggestedName: z.string().max(256), base64: z.base64() }))
      .output(z.object({ path: z.string() }).nullable()),
    /** Copies an export's files into a new folder that the user names; gives its path, or null when they name none. */
    saveModel: base
      .input(z.object({ exportId: z.string().regex(/^[\w-]{1,64}$/), suggestedName: z.string().max(256) }))
      .output(z.object({ folder: z.string() }).nullable()),
  },
};

/** Every message between the core and the trainer process. */
export const trainerContract = {
  /** Loads the engine: TensorFlow from its folder where that is given, else WebAssembly. */
  prepare: base
    .input(z.object({ engine: engineChoiceSchema, engineFolder: z.string().nullable() }))
    .output(engineReportSchema),
  samples: base.input(samplesInput).output(samplesSchema),
  /**
   * Trains, in a folder that is there and empty. Events come in groups, at most 30 a second; every batch is among
   * them.
   */
  train: base
    .input(
      z.object({
        runId,
        folder: z.string(),
        document,
        /** Only so many training examples, the first ones. */
        limit: z.int().min(1).nullable(),
        /** The number of its first event: those before are the core's. */
        firstSeq: z.int().min(0),
      }),
    )
    .output(eventIterator(z.array(trainEventSchema))),
  /** Ends a training after the batch it is at, and an estimate after its step: that one has ended when this answers. */
  stop: base.output(z.null()),
  /** How long an epoch would take; null where a training, a newer estimate or `stop` ended it. */
  estimate: base.input(z.object({ document })).output(estimateSchema.nullable()),
  interpretation: interpretationOf(networkSourceSchema),
  testPictures: base.input(testPicturesInput).output(samplesSchema),
  /** Writes a model into a folder that is not there yet: with a run's weights, or with initial ones. */
  exportModel: base
    .input(z.object({ document, weights: z.string().nullable(), folder: z.string() }))
    .output(receiptSchema),
};
