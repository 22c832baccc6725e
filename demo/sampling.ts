// What a wetland laboratory works with: where samples are taken, of what kind, and what is measured on them.

/** Where samples are taken; coordinates in degrees, WGS 84. */
export interface Site {
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly longitude: number;
  readonly latitude: number;
}

export const SITES: readonly Site[] = [
  { code: "CAM", name: "Étang de Vaccarès, Camargue", country: "France", longitude: 4.57, latitude: 43.54 },
  { code: "BIE", name: "Biebrza", country: "Polska", longitude: 22.6, latitude: 53.55 },
  { code: "DOÑ", name: "Marismas de Doñana", country: "España", longitude: -6.41, latitude: 36.98 },
  { code: "DEL", name: "Delta Dunării", country: "România", longitude: 29.2, latitude: 45.08 },
  { code: "OKA", name: "Okavango Delta", country: "Botswana", longitude: 22.9, latitude: -19.28 },
  { code: "PAN", name: "Pantanal", country: "Brasil", longitude: -57.02, latitude: -17.72 },
  { code: "INL", name: "အင်းလေးကန်", country: "Myanmar", longitude: 96.91, latitude: 20.55 },
  { code: "STP", name: "Lac Saint-Pierre", country: "Canada", longitude: -72.83, latitude: 46.2 },
  { code: "KAK", name: "Kakadu", country: "Australia", longitude: 132.43, latitude: -12.68 },
  { code: "KUS", name: "釧路湿原", country: "日本", longitude: 144.38, latitude: 43.1 },
];

/** The kinds of samples: the unit of their quantity, how deep they are taken at most (metres), and how. */
export const SAMPLE_TYPES = [
  { name: "water", unit: "mL", deepest: 40, methods: ["Niskin bottle", "pump", "seau"] },
  { name: "sediment", unit: "g", deepest: 40, methods: ["grab", "piston corer"] },
  { name: "soil", unit: "g", deepest: 1.2, methods: ["auger", "tarière"] },
  { name: "tissue", unit: "g", deepest: 15, methods: ["net 200 µm", "pêche électrique", "by hand"] },
  { name: "filter", unit: null, deepest: 40, methods: ["filtration 0.7 µm"] },
  { name: "extract", unit: "µL", deepest: 40, methods: ["DNA extraction", "solvent, 24 h"] },
] as const;

export type SampleType = (typeof SAMPLE_TYPES)[number];

/** Collections, and the kinds of samples they hold. */
export const COLLECTIONS = [
  { name: "Sediment cores", types: ["sediment"] },
  { name: "Eaux de surface", types: ["water", "filter"] },
  { name: "Eaux souterraines", types: ["water"] },
  { name: "Zooplancton", types: ["water", "tissue"] },
  { name: "Phytoplankton", types: ["water", "filter"] },
  { name: "Benthic invertebrates", types: ["sediment", "tissue"] },
  { name: "Tejidos de peces", types: ["tissue", "extract"] },
  { name: "Amphibiens", types: ["tissue", "extract"] },
  { name: "Macrophytes", types: ["tissue"] },
  { name: "Diatoms", types: ["filter", "sediment"] },
  { name: "Soil, 0–30 cm", types: ["soil"] },
  { name: "Soil, 30–60 cm", types: ["soil"] },
  { name: "Environmental DNA", types: ["filter", "extract"] },
  { name: "Pollen", types: ["sediment", "extract"] },
  { name: "Turba y carbono", types: ["soil", "sediment"] },
  { name: "Mercury survey", types: ["water", "sediment", "tissue"] },
  { name: "Microplastiques", types: ["water", "filter"] },
  { name: "Bird feathers", types: ["tissue"] },
  { name: 'Leaf litter "LTER"', types: ["soil"] },
  { name: "Étalons & blancs", types: ["water", "extract"] },
] as const;

/** What is measured, and on which kinds of samples. */
export const MEASURES = [
  { name: "pH", of: "water soil", unit: "1", least: 4.5, most: 9.2, digits: 2, instrument: "Hach HQ40d" },
  { name: "conductivity", of: "water", unit: "µS/cm", least: 40, most: 52_000, digits: 0, instrument: "WTW Cond 3310" },
  { name: "nitrate", of: "water soil", unit: "mg/L", least: 0, most: 48, digits: 3, instrument: "Skalar San++" },
  {
    name: "chlorophyll a",
    of: "water filter",
    unit: "µg/L",
    least: 0,
    most: 210,
    digits: 1,
    instrument: "Turner 10-AU",
  },
  { name: "δ15N", of: "sediment soil tissue", unit: "‰", least: -3, most: 14, digits: 2, instrument: "Delta V Plus" },
  { name: "mercury", of: "sediment tissue", unit: "ng/g", least: 2, most: 900, digits: 1, instrument: "DMA-80" },
  { name: "DNA", of: "extract filter", unit: "ng/µL", least: 0, most: 120, digits: 2, instrument: "Qubit 4" },
] as const;

export const ATTACHMENTS = [
  { name: "photo", extension: "jpg", type: "image/jpeg" },
  { name: "field sheet", extension: "pdf", type: "application/pdf" },
  { name: "chromatogramme n°", extension: "csv", type: "text/csv" },
] as const;

export const FIELD_NOTES = [
  "Échantillon prélevé près du ruisseau, eau trouble",
  "Collected after two days of rain",
  "Tapa dañada, contenido intacto",
  "Größe 3,5 mm; Ø 12 µm",
  "Niska temperatura wody, próbka powtórzona",
  "Taken from the left bank; see field book p. 12",
  "Refroidi à -5 °C à l’arrivée",
  "Duplicate of the morning's sample",
  "样品已冷冻",
  "العينة تالفة",
  "Образец без этикетки",
  "水質が濁っている",
] as const;
