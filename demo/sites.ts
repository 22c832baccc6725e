// Wetlands where the demo's samples were taken.

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
