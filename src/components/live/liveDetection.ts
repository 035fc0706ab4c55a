import { create } from "d3";
import type { DetectionEngine } from "../../messages/detection.js";
import type { LiveData, LiveSample, LiveWeights } from "../../pageData/live.js";
import type { PageAddress } from "../page/state/address.js";
import { keptState } from "../page/state/keptState.js";
import { liveAddress } from "./address.js";
import { camera } from "./camera.js";
import { classFilter } from "./classFilter.js";
import { countsByClass, selectedObjects, sentenceOf } from "./detectedObjects.js";
import { detectionTable } from "./detectionTable.js";
import { detectionView } from "./detectionView.js";
import { imageInput } from "./imageInput.js";
import { openImage } from "./openImage.js";
import { samplePicker } from "./samplePicker.js";
import { scoreSlider } from "./scoreSlider.js";
import { LiveSession, type SessionState } from "./session.js";
import { statusOf } from "./status.js";
import { aboutOwnWeights, fitsWeights, mistakenSentence } from "./weights.js";
import { weightsInput } from "./weightsInput.js";

export interface LiveDetectionOptions {
  readonly engine: DetectionEngine;
  /** The address of a file that comes with the page: `weights/<id>` or `sample/<id>`. */
  readonly addressOf: (file: string) => string;
  readonly fetchFile: (address: string) => Promise<Blob>;
  readonly address: PageAddress;
  /** What to type to train weights, shown while none come with the site. */
  readonly command: string;
}

/** Detection in the page: weights, a picture, boxes over it, and what the reader wants to see of them. */
export function liveDetection(
  { weights, samples }: LiveData,
  { engine, addressOf, fetchFile, address, command }: LiveDetectionOptions,
): HTMLElement & { stop(): void } {
  const kept = keptState(liveAddress, address);
  let shownPicture: SessionState["picture"] = null;
  /** The title of weights that a sample brought with it; null where it did not. */
  let switchedTo: string | null = null;

  const session = new LiveSession({ engine, changed: show });
  const point = (index: number | null) => {
    view.point(index);
    table.point(index);
  };
  const view = detectionView({ classes: () => session.state.weights?.classes ?? [], pointed: point });
  const table = detectionTable({ pointed: point });
  const filter = classFilter(() => show(session.state));
  const slider = scoreSlider({
    value: kept.value.score,
    changed: (score) => {
      kept.keep({ score });
      show(session.state);
    },
  });
  const choice = weightsInput({ offered: weights, command, chosen: changeWeights, given: useOwn });
  const picker = samplePicker((id) => {
    session.complain(null);
    switchedTo = null;
    const sample = samples.find((entry) => entry.id === id);
    if (sample) fitWeightsTo(sample);
    useSample(id);
  });
  const cam = camera({
    frame: (bitmap) => {
      const { width, height } = bitmap;
      return session.useFrame({ name: "The camera", bitmap, width, height, sample: null, moving: true });
    },
    started: () => {
      kept.keep({ sample: null });
      session.complain(null);
      listSamples();
      said.text(session.state.weights === null ? "Camera on. Choose weights to detect with." : "Camera on.");
    },
    stopped: () => {
      session.dropFrames();
      said.text("Camera off.");
    },
    failed: (problem) => session.complain(problem),
  });

  const root = create("div").attr("class", "live-detection wide");
  const input = imageInput({ target: view.element, given: useFile });
  const setUp = root.append("div").attr("class", "live-set-up");
  const seen = root.append("div").attr("class", "live-seen");
  const shown = root.append("div").attr("class", "live-shown");
  setUp.append(() => choice.element);
  setUp.append(() => picker.element);
  const own = setUp.append("div").attr("class", "own-picture");
  own.append(() => input.element);
  own.append(() => cam.element);
  own
    .append("p")
    .attr("class", "small")
    .text("Or drop one on the picture, or paste one. Nothing leaves the page.");
  seen.append(() => view.element);
  const status = seen.append("p").attr("class", "live-status");
  /** What was found, for the eye; during a camera's pictures too fast to be read out. */
  const found = status.append("span");
  const said = status.append("span").attr("role", "status");
  const alert = seen.append("p").attr("class", "live-problem").attr("role", "alert");
  const credit = seen.append("p").attr("class", "small");
  const backend = seen.append("p").attr("class", "small live-backend");
  shown.append(() => slider);
  shown.append(() => filter.element);
  const details = shown.append("details");
  details.append("summary").text("The boxes as a table");
  details.append(() => table.element);

  function show(state: SessionState): void {
    const { picture, outcome, weights: used } = state;
    if (picture !== null && picture !== shownPicture) {
      const sample = samples.find(({ id }) => id === picture.sample);
      view.picture(picture.bitmap, sample?.title ?? picture.name);
      credit.text(sample?.credit ?? "");
      root.classed("of-sample", sample !== undefined);
    }
    shownPicture = picture;
    const raw = outcome?.objects ?? [];
    const selected = selectedObjects(raw, { score: kept.value.score, hidden: filter.hidden });
    const classes = used?.classes ?? [];
    if (picture !== null) view.boxes(selected, [picture.width, picture.height]);
    table.rows(selected, classes);
    const met = new Set(raw.map(({ name }) => name));
    const counts = countsByClass(
      raw,
      classes.filter((name) => met.has(name)),
      kept.value.score,
    );
    filter.list(counts, classes);
    const words = statusOf(state);
    found.text(outcome === null ? "" : `${sentenceOf(selected)}. `);
    root
      .attr("data-origin", outcome?.origin ?? null)
      .attr("aria-busy", state.activity === "" ? null : "true");
    if (picture?.moving) found.text(`${found.text()}${words.said} `);
    else said.text([words.said, fitOf(state), switchOf(state)].filter(Boolean).join(" "));
    backend.text(words.backend);
    alert.text(state.problem ?? "");
  }

  /** A warning where the weights know nothing that the sample shows; empty elsewhere. */
  function fitOf({ picture, weights: used }: SessionState): string {
    // Not of a sample that another is about to replace.
    const sample = samples.find(({ id }) => id === picture?.sample && id === kept.value.sample);
    // Weights of the reader's own have no classes until they are loaded.
    if (!sample || !used || used.classes.length === 0) return "";
    if (fitsWeights(sample.subjects, used.classes)) return "";
    return mistakenSentence(fitting(sample).map(({ title }) => title));
  }

  function switchOf({ picture, weights: used }: SessionState): string {
    // Those before are back in use where the others could not be loaded.
    const holds = switchedTo !== null && used?.title === switchedTo && picture?.sample === kept.value.sample;
    return holds ? `Switched to “${switchedTo}”, which fits this picture.` : "";
  }

  function fitting({ subjects }: LiveSample): LiveWeights[] {
    return weights.filter(({ classes }) => fitsWeights(subjects, classes));
  }

  /** Takes the first weights that know a sample, if those in use are the site's and do not. */
  function fitWeightsTo(sample: LiveSample): void {
    const used = weights.find(({ title }) => title === session.state.weights?.title);
    const better = fitting(sample)[0];
    // The reader's own weights stay: they would have to be opened again.
    if (!used || !better || fitsWeights(sample.subjects, used.classes)) return;
    switchedTo = better.title;
    useOffered(better);
  }

  function listSamples(): void {
    const classes = session.state.weights?.classes ?? [];
    const choices = samples.map(({ id, title, subjects }) => ({
      id,
      title,
      address: addressOf(`sample/${id}`),
      fits: classes.length === 0 || fitsWeights(subjects, classes),
    }));
    picker.list(choices, kept.value.sample);
  }

  function useOffered({ id, title, classes, stored }: LiveWeights): void {
    choice.show({ id });
    kept.keep({ model: id });
    session.useWeights({
      source: `${id}.safetensors`,
      title,
      classes,
      stored,
      fetch: async () => (await fetchFile(addressOf(`weights/${id}`))).arrayBuffer(),
    });
    listSamples();
  }

  /** Takes other weights, and a sample that they know, if the present one is strange to them. */
  function changeWeights(offered: LiveWeights): void {
    session.complain(null);
    switchedTo = null;
    useOffered(offered);
    const known = ({ subjects }: LiveSample) => fitsWeights(subjects, offered.classes);
    const sample = samples.find(({ id }) => id === kept.value.sample);
    const better = samples.find(known);
    if (sample && better && !known(sample)) useSample(better.id);
  }

  async function useOwn(file: File): Promise<void> {
    session.complain(null);
    switchedTo = null;
    await session.useWeights({
      source: file.name,
      title: file.name,
      classes: [],
      stored: {},
      fetch: () => file.arrayBuffer(),
    });
    const used = session.state.weights;
    // Others may be in use still, where these could not be read, or by now.
    if (used?.title !== file.name || used.loaded === null) return;
    choice.show({ file: file.name, about: aboutOwnWeights(used.loaded, file.size) });
    kept.keep({ model: null });
    listSamples();
  }

  async function useSample(id: string): Promise<void> {
    cam.stop();
    kept.keep({ sample: id });
    listSamples();
    show(session.state);
    try {
      const file = await fetchFile(addressOf(`sample/${id}`));
      const image = await openImage(file, id);
      // Another may have been chosen meanwhile.
      if (kept.value.sample === id) await session.usePicture({ ...image, sample: id, moving: false });
      else image.bitmap.close();
    } catch (error) {
      session.complain(error instanceof Error ? error.message : String(error));
    }
  }

  async function useFile(file: Blob, name: string): Promise<void> {
    session.complain(null);
    try {
      const image = await openImage(file, name);
      cam.stop();
      switchedTo = null;
      kept.keep({ sample: null });
      listSamples();
      await session.usePicture({ ...image, sample: null, moving: false });
    } catch (error) {
      session.complain(error instanceof Error ? error.message : String(error));
    }
  }

  function begin(): void {
    const named = samples.find(({ id }) => id === kept.value.sample);
    const offered =
      weights.find(({ id }) => id === kept.value.model) ?? (named && fitting(named)[0]) ?? weights[0];
    const sample =
      named ?? samples.find(({ subjects }) => fitsWeights(subjects, offered?.classes ?? [])) ?? samples[0];
    const missing = [
      kept.value.model === null || offered?.id === kept.value.model
        ? null
        : `No weights are called “${kept.value.model}”.`,
      kept.value.sample === null || sample?.id === kept.value.sample
        ? null
        : `No sample is called “${kept.value.sample}”.`,
    ];
    session.complain([...kept.problems, ...missing].filter(Boolean).join(" ") || null);
    session.start(kept.value.backend);
    if (offered) useOffered(offered);
    else choice.show(null);
    if (sample) useSample(sample.id);
  }

  begin();
  return Object.assign(root.node()!, {
    stop() {
      cam.stop();
      input.stop();
    },
  });
}
