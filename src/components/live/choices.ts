import { messageOf } from "../../messages/messageOf.js";
import { fitsWeights, type LiveData, type LiveSample, type LiveWeights } from "../../pageData/live.js";
import { shownText } from "../../text/shownText.js";
import type { UrlState } from "../page/state/urlState.js";
import { openImage } from "./openImage.js";
import { ownWeightsIn } from "./ownWeights.js";
import type { SampleChoice } from "./samplePicker.js";
import type { LiveSession, SessionState } from "./session.js";
import type { LiveState } from "./urlState.js";
import { aboutOwnWeights, mistakenSentence } from "./weights.js";
import type { OwnWeights } from "./weightsInput.js";

/** Where the site's weights and samples are. */
export interface LiveFiles {
  /** The address of a file that comes with the page: `weights/<id>` or `sample/<id>`. */
  readonly addressOf: (file: string) => string;
  readonly fetchFile: (address: string) => Promise<Blob>;
}

interface LiveChoicesOptions extends LiveFiles {
  readonly session: LiveSession;
  readonly params: UrlState<LiveState>;
  /** Told the weights in use, the site's or the reader's own; null without any. */
  readonly weightsChosen: (used: { readonly id: string } | OwnWeights | null) => void;
  /** Told the samples to offer, and which is chosen. */
  readonly samplesListed: (samples: readonly SampleChoice[], chosen: string | null) => void;
  /** A single picture takes the place of the camera's. */
  readonly stopCamera: () => void;
}

/** Which weights and which picture are in use: what the reader chose, and what fits it. */
export class LiveChoices {
  /** The title of weights that a sample brought with it; null where it did not. */
  private switchedTo: string | null = null;

  constructor(
    private readonly data: LiveData,
    private readonly options: LiveChoicesOptions,
  ) {}

  /** Starts with what the address names or, where it names nothing, with the first weights and a sample that fits. */
  begin(): void {
    const { session, params, weightsChosen } = this.options;
    const { model, sample: sampleId, backend } = params.value;
    const { weights, samples } = this.data;
    const named = samples.find(({ id }) => id === sampleId);
    const offered = weights.find(({ id }) => id === model) ?? (named && this.fitting(named)[0]) ?? weights[0];
    const sample =
      named ?? samples.find(({ subjects }) => fitsWeights(subjects, offered?.classes ?? [])) ?? samples[0];
    const problems = [...params.problems];
    if (model !== null && offered?.id !== model)
      problems.push(`No weights are called “${shownText(model)}”.`);
    if (sampleId !== null && sample?.id !== sampleId)
      problems.push(`No sample is called “${shownText(sampleId)}”.`);
    session.complain(problems.join(" ") || null);
    session.start(backend);
    if (offered) this.useOffered(offered);
    else weightsChosen(null);
    if (sample) this.useSample(sample.id);
  }

  /** Takes other weights, and a sample that they know if they do not know the present one. */
  changeWeights(offered: LiveWeights): void {
    this.forget();
    this.useOffered(offered);
    const known = ({ subjects }: LiveSample) => fitsWeights(subjects, offered.classes);
    const sample = this.sample();
    const better = this.data.samples.find(known);
    if (sample && better && !known(sample)) this.useSample(better.id);
  }

  /** Takes another sample, and weights that know it if those in use are the site's and do not. */
  changeSample(id: string): void {
    this.forget();
    const { weights, samples } = this.data;
    const sample = samples.find((entry) => entry.id === id);
    const better = sample && this.fitting(sample)[0];
    // The reader's own weights stay: they would have to be opened again.
    const used = weights.find(({ title }) => title === this.options.session.state.weights?.title);
    if (sample && better && used && !fitsWeights(sample.subjects, used.classes)) {
      this.switchedTo = better.title;
      this.useOffered(better);
    }
    this.useSample(id);
  }

  /** Takes a weights file, or the files of a TensorFlow checkpoint. */
  async useOwnWeights(files: readonly File[]): Promise<void> {
    const { session, params, weightsChosen } = this.options;
    const { title, bytes, fetch } = ownWeightsIn(files);
    this.forget();
    await session.useWeights({ source: title, title, classes: [], stored: {}, fetch });
    const used = session.state.weights;
    // Others may be in use still, where these could not be read, or by now.
    if (used?.title !== title || used.loaded === null) return;
    weightsChosen({ file: title, about: aboutOwnWeights(used.loaded, bytes) });
    params.set({ model: null });
    this.listSamples();
  }

  async useOwnPicture(file: Blob, name: string): Promise<void> {
    const { session, stopCamera } = this.options;
    session.complain(null);
    try {
      const image = await openImage(file, name);
      stopCamera();
      this.switchedTo = null;
      this.leaveSample();
      await session.usePicture({ ...image, sample: null, moving: false });
    } catch (error) {
      session.complain(messageOf(error));
    }
  }

  /** No sample is chosen any more: the reader's own picture, or the camera, takes its place. */
  leaveSample(): void {
    this.options.params.set({ sample: null });
    this.listSamples();
  }

  /** Sentences on how the weights fit a sample: why they are others now, or that they know nothing on it. */
  notes({ picture, weights }: SessionState): string[] {
    const sample = this.sample();
    // Not of a sample that another is about to replace.
    if (sample === undefined || sample.id !== picture?.sample || weights === null) return [];
    // Weights of the reader's own have no classes until they are loaded.
    const isMistaken = weights.classes.length > 0 && !fitsWeights(sample.subjects, weights.classes);
    const mistaken = isMistaken ? [mistakenSentence(this.fitting(sample).map(({ title }) => title))] : [];
    // Those before are back in use where the others could not be loaded.
    if (this.switchedTo === null || this.switchedTo !== weights.title) return mistaken;
    return [...mistaken, `Switched to “${shownText(this.switchedTo)}”, which fits this picture.`];
  }

  private sample(): LiveSample | undefined {
    return this.data.samples.find(({ id }) => id === this.options.params.value.sample);
  }

  private fitting({ subjects }: LiveSample): LiveWeights[] {
    return this.data.weights.filter(({ classes }) => fitsWeights(subjects, classes));
  }

  private forget(): void {
    this.options.session.complain(null);
    this.switchedTo = null;
  }

  private useOffered({ id, title, classes, stored }: LiveWeights): void {
    const { session, params, weightsChosen, fetchFile, addressOf } = this.options;
    weightsChosen({ id });
    params.set({ model: id });
    session.useWeights({
      source: `${id}.safetensors`,
      title,
      classes,
      stored,
      fetch: async () => (await fetchFile(addressOf(`weights/${id}`))).arrayBuffer(),
    });
    this.listSamples();
  }

  private async useSample(id: string): Promise<void> {
    const { session, params, stopCamera, fetchFile, addressOf } = this.options;
    stopCamera();
    params.set({ sample: id });
    this.listSamples();
    try {
      const file = await fetchFile(addressOf(`sample/${id}`));
      const image = await openImage(file, id);
      // Another may have been chosen meanwhile.
      if (params.value.sample === id) await session.usePicture({ ...image, sample: id, moving: false });
      else image.bitmap.close();
    } catch (error) {
      session.complain(messageOf(error));
    }
  }

  private listSamples(): void {
    const { session, params, addressOf, samplesListed } = this.options;
    const classes = session.state.weights?.classes ?? [];
    const samples = this.data.samples.map(({ id, title, subjects }) => ({
      id,
      title,
      address: addressOf(`sample/${id}`),
      fits: classes.length === 0 || fitsWeights(subjects, classes),
    }));
    samplesListed(samples, params.value.sample);
  }
}
