import { create } from "d3";
import type { EvaluationClient } from "../../../messages/evaluation.js";
import { exampleFiles } from "./exampleFiles.js";
import { filePicker } from "./filePicker.js";
import { evaluationResults } from "./results.js";
import { evaluationRun } from "./run.js";
import { EvaluationSession } from "./session.js";

interface EvaluateFilesOptions {
  readonly engine: EvaluationClient;
}

/** COCO evaluation of the reader's own files: places for them, their numbers, and the errors that cost AP. */
export function evaluateFiles({ engine }: EvaluateFilesOptions): HTMLElement {
  const root = create("div").attr("class", "evaluate-files wide");
  const parts = [
    filePicker({
      target: root.node()!,
      given: (files, place) =>
        session.give(
          files.map((file) => ({ name: file.name, file })),
          place,
        ),
      removed: (place) => session.remove(place),
    }),
    evaluationRun({
      iouTypeChosen: (iouType) => session.useIouType(iouType),
      exampleAsked: async () => {
        for (const place of ["annotations", 1, 0] as const) await session.remove(place);
        await session.give(exampleFiles());
      },
      cancelled: () => session.cancel(),
      resumed: () => session.resume(),
    }),
    evaluationResults(() => session.bootstrap()),
  ];
  for (const { element } of parts) root.append(() => element);
  const session = new EvaluationSession({
    engine,
    changed: (state) => {
      for (const part of parts) part.show(state);
    },
  });
  for (const part of parts) part.show(session.state);
  return root.node()!;
}
