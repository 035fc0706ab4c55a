import type { PresetName } from "../architecture/families/presets.js";

/** What the paper prints of each network on /permute. */
export interface PermuteData {
  readonly published: PublishedNetworks;
}

export type PublishedNetworks = Partial<Record<PresetName, PublishedNetwork>>;

export interface PublishedNetwork {
  readonly model: string;
  readonly multiplyAddsB: number | null;
  readonly parametersM: number | null;
  readonly AP: number;
  /** Split and protocol of the AP: "COCO test-dev, protocol B". */
  readonly measured: string;
  readonly source: string;
}
