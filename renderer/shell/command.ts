import type en from '../../shared/i18n/en.json';

export type CommandId = Exclude<
  keyof typeof en.commands,
  'placeholder' | 'nothing' | 'step' | 'groupCommands' | 'groupLayers' | 'groupTemplates'
>;

/** What a command does, and when its keys are its own. */
export interface Action {
  readonly id: CommandId;
  /** Whether the keys work while a text field has the focus. */
  readonly inText?: boolean;
  /** Whether the keys work on the canvas alone, because a list or a field has a meaning for them. */
  readonly onCanvas?: boolean;
  run(): void;
}

/** Something that can be done from anywhere: by key, by the command palette, by a button. */
export interface Command extends Action {
  /** As `defaultKeys` writes them, or as the user set them. The first is shown. */
  readonly keys: readonly string[];
}
