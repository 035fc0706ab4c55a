import { messageOf } from "../messages/messageOf.js";
import type { Engine, Protocol } from "../messages/protocol.js";
import { shownText } from "../text/shownText.js";
import { askedSchema, parseMessage, type Told, transferred } from "./envelope.js";

/** The part of a worker's global scope that serving needs. */
interface ServicePort {
  postMessage(message: Told, options: StructuredSerializeOptions): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}

/**
 * The worker's side: answers a page's questions one after the other, since two at a time would share tfjs's engine or
 * read a file twice. Buffers in an answer are handed over.
 */
export function serve<P extends Protocol>(protocol: P, engine: Engine<P>, port?: ServicePort): void;
export function serve(protocol: Protocol, engine: Engine<Protocol>, port: ServicePort = self): void {
  let last: Promise<void> = Promise.resolve();
  port.addEventListener("message", ({ data }) => {
    const what = `The page's message to the ${protocol.name} worker`;
    const { id, kind, question } = parseMessage(askedSchema, data, what);
    last = last.then(async () => {
      try {
        const asked = protocol.questions[kind];
        if (asked === undefined)
          throw new Error(`${what}: kind: is "${shownText(String(kind))}", which it cannot answer.`);
        const parsed = parseMessage(asked.question, question, what);
        const answer = await engine[kind]!(parsed, progressOf(port, id));
        port.postMessage({ type: "answered", id, answer }, { transfer: transferred(answer) });
      } catch (error) {
        const message = messageOf(error);
        port.postMessage({ type: "failed", id, message }, {});
      }
    });
  });
}

/** Reports progress in increments that an eye can see; a file of 60 MB comes in a thousand pieces. */
function progressOf(port: ServicePort, id: number): (stage: string, fraction: number) => void {
  let told: { readonly stage: string; readonly fraction: number } | null = null;
  return (stage, fraction) => {
    if (told?.stage === stage && fraction < 1 && fraction - told.fraction < 0.01) return;
    told = { stage, fraction };
    port.postMessage({ type: "progress", id, ...told }, {});
  };
}
