import { contextBridge, ipcRenderer } from 'electron';

import type { Pipe, PipeMessage } from '../shared/rpc/pipe.ts';

// The pipe between the page and the main process, and nothing else: whatever is to be said goes through it as data,
// and is checked where it arrives. The channel's name stands here too, since this file may load no other.
const channel = 'convas';
const pipe: Pipe = {
  send: (message) => ipcRenderer.send(channel, message),
  // The event would give the page a way to Electron; it gets the message alone.
  listen: (listener) => void ipcRenderer.on(channel, (_event, message: PipeMessage) => listener(message)),
};
contextBridge.exposeInMainWorld('convas', pipe);
