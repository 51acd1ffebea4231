/** The part of Node for Max's `max-api` this project uses; Max puts the module there at run time. */
declare module "max-api" {
  type Atom = string | number;
  type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

  /** Adds a function for messages whose selector is `name` (or one of MESSAGE_TYPES). */
  export function addHandler(name: string, handler: (...values: any[]) => unknown): void;
  export function addHandlers(handlers: Record<string, (...values: any[]) => unknown>): void;
  export function removeHandler(name: string, handler: (...values: any[]) => unknown): void;
  export function removeHandlers(name: string): void;
  /** Sends from the left outlet of node.script; an object goes out as a dictionary. */
  export function outlet(...values: Json[]): Promise<null>;
  export function outletBang(): Promise<null>;
  /** Writes to the Max console. */
  export function post(...values: unknown[]): Promise<null>;
  export function getDict(id: string): Promise<Record<string, Json>>;
  export function setDict(id: string, value: Record<string, Json>): Promise<Record<string, Json>>;
  export function updateDict(id: string, path: string, value: Json): Promise<Record<string, Json>>;
  export const MESSAGE_TYPES: {
    readonly ALL: "all";
    readonly BANG: "bang";
    readonly DICT: "dict";
    readonly LIST: "list";
    readonly NUMBER: "number";
  };
  export const POST_LEVELS: { readonly ERROR: "error"; readonly INFO: "info"; readonly WARN: "warn" };
  export const MAX_ENV: {
    readonly MAX: "max";
    readonly MAX_FOR_LIVE: "maxforlive";
    readonly STANDALONE: "max:standalone";
  };

  const api: {
    addHandler: typeof addHandler;
    addHandlers: typeof addHandlers;
    removeHandler: typeof removeHandler;
    removeHandlers: typeof removeHandlers;
    outlet: typeof outlet;
    outletBang: typeof outletBang;
    post: typeof post;
    getDict: typeof getDict;
    setDict: typeof setDict;
    updateDict: typeof updateDict;
    MESSAGE_TYPES: typeof MESSAGE_TYPES;
    POST_LEVELS: typeof POST_LEVELS;
    MAX_ENV: typeof MAX_ENV;
  };
  export default api;
}
