import { create } from "d3";
import type { LiveData } from "../../pageData/live.js";
import type { PageAddress } from "../page/state/pageUrl.js";
import { urlState } from "../page/state/urlState.js";
import { camera } from "./camera.js";
import { LiveChoices, type LiveFiles } from "./choices.js";
import { imageInput } from "./imageInput.js";
import { areWeights } from "./ownWeights.js";
import { liveResults } from "./results.js";
import { samplePicker } from "./samplePicker.js";
import { type LiveEngine, LiveSession, type SessionState } from "./session.js";
import { liveAddress } from "./urlState.js";
import { weightsInput } from "./weightsInput.js";

interface LiveDetectionOptions extends LiveFiles {
  readonly engine: LiveEngine;
  readonly address: PageAddress;
  /** What to type to train weights, shown while none come with the site. */
  readonly command: string;
}

/** Detection in the page: weights, a picture, boxes over it, and what the reader wants to see of them. */
export function liveDetection(
  data: LiveData,
  { engine, address, command, ...files }: LiveDetectionOptions,
): HTMLElement & { stop(): void } {
  const params = urlState(liveAddress, address);
  const root = create("div").attr("class", "live-detection wide");
  const setUp = root.append("div").attr("class", "live-set-up");
  const results = liveResults(root, {
    samples: data.samples,
    score: params.value.score,
    scoreChanged: (score) => params.set({ score }),
  });
  const session = new LiveSession({
    engine,
    changed: show,
  });
  function show(state: SessionState): void {
    results.show(state, choices.notes(state));
  }
  const menu = weightsInput({
    offered: data.weights,
    command,
    chosen: (weights) => choices.changeWeights(weights),
    given: (files) => choices.useOwnWeights(files),
  });
  const picker = samplePicker((id) => choices.changeSample(id));
  const cam = camera({
    frame: (bitmap) => {
      const { width, height } = bitmap;
      return session.useFrame({ name: "The camera", bitmap, width, height, sample: null, moving: true });
    },
    started: () => {
      session.complain(null);
      choices.leaveSample();
      results.say(
        session.state.weights === null ? "Camera on. Choose weights to detect with." : "Camera on.",
      );
    },
    stopped: () => {
      session.dropFrames();
      results.say("Camera off.");
    },
    failed: (problem) => session.complain(problem),
  });
  const choices = new LiveChoices(data, {
    ...files,
    session,
    params,
    weightsChosen: menu.show,
    samplesListed(samples, chosen) {
      picker.list(samples, chosen);
      show(session.state);
    },
    stopCamera: cam.stop,
  });
  const input = imageInput({
    target: results.view,
    given: (file, name) => choices.useOwnPicture(file, name),
    dropped(files) {
      const [file] = files;
      if (areWeights(files)) choices.useOwnWeights(files);
      else if (file) choices.useOwnPicture(file, file.name);
    },
  });

  setUp.append(() => menu.element);
  setUp.append(() => picker.element);
  const own = setUp.append("div").attr("class", "own-picture");
  own.append(() => input.element);
  own.append(() => cam.element);
  own
    .append("p")
    .attr("class", "small")
    .text(
      "Or drop one on the picture, or paste one. Weights can be dropped, too: a .safetensors file, or a TensorFlow checkpoint’s .index and .data files. Nothing leaves the page.",
    );
  choices.begin();
  return Object.assign(root.node()!, {
    stop() {
      cam.stop();
      input.stop();
    },
  });
}
