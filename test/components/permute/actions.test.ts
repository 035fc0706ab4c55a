import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addBlock } from "../../../src/architecture/edit/addBlock.js";
import { changeKind, changeLevel, changeOutput } from "../../../src/architecture/edit/changeBlock.js";
import { changeParents } from "../../../src/architecture/edit/changeConnection.js";
import { moveBlock } from "../../../src/architecture/edit/moveBlock.js";
import { removeBlock } from "../../../src/architecture/edit/removeBlock.js";
import { type PresetName, presetByName, presetNames } from "../../../src/architecture/families/presets.js";
import type { Level } from "../../../src/architecture/model/level.js";
import { parseModel } from "../../../src/architecture/model/parseModel.js";
import { networkOf } from "../../../src/components/permute/session/network.js";
import { PermuteSession } from "../../../src/components/permute/session/session.js";
import { permuteAddress } from "../../../src/components/permute/urlState.js";
import { arbitraryModel } from "../../architecture/arbitraryModel.js";

/** Something that a reader does; the numbers are taken as blocks, levels and places. */
type Action = (session: PermuteSession, a: number, b: number) => void;

const blockOf = ({ network }: PermuteSession, number: number): number => number % network.keys.length;
const levelOf = (number: number): Level => ([2, 3, 4, 5, 6, 7] as const)[number % 6]!;

const actions: Readonly<Record<string, Action>> = {
  move: (session, a, b) =>
    session.edit((model) => moveBlock(model, blockOf(session, a), blockOf(session, b))),
  level: (session, a, b) => session.edit((model) => changeLevel(model, blockOf(session, a), levelOf(b))),
  kind: (session, a, b) =>
    session.edit((model) => changeKind(model, blockOf(session, a), b % 2 === 0 ? "residual" : "bottleneck")),
  output: (session, a, b) => session.edit((model) => changeOutput(model, blockOf(session, a), b % 2 === 0)),
  parents: (session, a, b) =>
    session.edit((model) =>
      changeParents(model, blockOf(session, a), [blockOf(session, b), blockOf(session, a + b)]),
    ),
  add: (session, a) => session.edit((model) => addBlock(model, blockOf(session, a))),
  remove: (session, a) => session.edit((model) => removeBlock(model, blockOf(session, a))),
  takeOffer: (session) => session.takeOffer(),
  choose: (session, a) => session.choose(blockOf(session, a)),
  resolveConflicts: (session, a) => {
    session.resolvesConflicts = a % 2 === 0;
  },
  lift: (session, a) => session.lift(blockOf(session, a)),
  stepOrder: (session, a, b) => session.stepOrder(blockOf(session, a), b % 2 === 0 ? 1 : -1),
  putDown: (session) => session.putDown(),
  putBack: (session) => session.putBack(),
  hold: (session, a, b) => {
    session.dragBlock(blockIn(session, a), { index: blockIn(session, b), level: levelOf(a + b) });
  },
  drop: (session) => session.drop(),
  take: (session, a, b) => {
    const by = (["keys", "pointer", "tap"] as const)[b % 3]!;
    session.takeConnection(blockOf(session, a), b % 2, by);
  },
  takeOther: (session) => session.takeOtherConnection(),
  lead: (session, a, b) => {
    session.aimAt(b % 7 === 0 ? null : blockOf(session, a));
  },
  step: (session, a) => session.aimAtNext(([1, -1, "first", "last"] as const)[a % 4]!),
  set: (session) => session.connect(),
  takeAway: (session) => session.disconnect(),
  /** From the handle to a block in one go. */
  rewire: (session, a, b) => {
    session.takeConnection(blockOf(session, a), b % 2, "pointer");
    session.aimAt(blockOf(session, a + b));
    session.drop();
  },
  undo: (session) => session.undo(),
  redo: (session) => session.redo(),
  open: (session, a) => {
    const name = presetNames[a % presetNames.length]!;
    session.open(presetByName(name), name);
  },
};

/** A block of the network as it was before anything was taken in hand. */
function blockIn({ state }: PermuteSession, number: number): number {
  const { stem, blocks } = state.model.backbone;
  return number % (stem.length + blocks.length);
}

const sequence = fc.array(
  fc.record({ action: fc.constantFrom(...Object.keys(actions)), a: fc.nat(200), b: fc.nat(200) }),
  { minLength: 1, maxLength: 25 },
);

function begin(preset: PresetName): PermuteSession {
  return new PermuteSession({ preset, model: presetByName(preset), against: null, chosen: null }, () => {});
}

function holds(session: PermuteSession): void {
  const { model, keys, description } = session.network;
  expect(parseModel(JSON.parse(JSON.stringify(model)), "edited.json")).toEqual(model);
  expect(new Set(keys).size).toBe(description.blocks.length);
  const { state } = session;
  const { state: again, problems } = permuteAddress.read(permuteAddress.write("", state));
  expect(problems).toEqual([]);
  // An edited network's name is no part of its address: it follows from its being edited.
  expect({ ...again, model: networkOf(again.model, again.preset).model }).toEqual(state);
}

describe("any sequence of actions", () => {
  it("leaves a network that parses and that its address holds, and undo and redo lead back exactly", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<PresetName>("spinenet-49", "r0-sp53", "resnet-50-fpn"),
        sequence,
        (preset, done) => {
          const session = begin(preset);
          const first = session.network;
          for (const { action, a, b } of done) {
            actions[action]!(session, a, b);
            holds(session);
          }
          session.putBack();
          while (session.canRedo) session.redo();
          const last = session.network;
          const states = [last];
          while (session.canUndo) {
            session.undo();
            states.unshift(session.network);
          }
          expect(session.network).toBe(first);
          for (const state of states.slice(1)) {
            session.redo();
            expect(session.network).toBe(state);
          }
          expect([session.network, session.canRedo]).toEqual([last, false]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("begins at any network, too", () => {
    fc.assert(
      fc.property(arbitraryModel, sequence, (model, done) => {
        const session = new PermuteSession(
          { preset: "spinenet-49", model, against: null, chosen: null },
          () => {},
        );
        for (const { action, a, b } of done) actions[action]!(session, a, b);
        holds(session);
      }),
      { numRuns: 60 },
    );
  });
});
