// What a public service works with: its procedures, and the texts that go back and forth about a case file.

export const PROCEDURES = [
  { title: "Bourse de recherche doctorale", service: "Région Grand Est", opened: "2021-11-02", most: 24_000 },
  { title: "Aide à la cantine scolaire", service: "Ville de Saint-Étienne", opened: "2022-01-03", most: 900 },
  { title: "Occupation du domaine public", service: "Préfecture du Finistère", opened: "2022-02-14", most: 0 },
  { title: "Prime « rénovation énergétique »", service: "Métropole de Lyon", opened: "2022-04-01", most: 15_000 },
  { title: "Agrément d’une association", service: "Préfecture de La Réunion", opened: "2022-06-20", most: 0 },
  {
    title: "Fonds d’aide à la création, musique & scène",
    service: "Ville de Marseille",
    opened: "2022-09-01",
    most: 8_000,
  },
] as const;

export const REASONS = {
  accepte: ["Dossier complet", "Avis favorable de la commission du 12 mars"],
  refuse: ["Ressources supérieures au plafond", 'Pièce manquante : "justificatif de domicile"\nRelance sans réponse'],
  sans_suite: ["Doublon", "Retrait à la demande de l’usager"],
} as const;

export const TOWNS = [
  { name: "Saint-Étienne", code: "42218" },
  { name: "L’Haÿ-les-Roses", code: "94038" },
  { name: "Ajaccio", code: "2A004" },
  { name: "Bourg-en-Bresse", code: "01053" },
  { name: "Saint-Denis (La Réunion)", code: "97411" },
] as const;

export const QUESTIONS = [
  "Le projet est-il conforme au règlement ?",
  "Le budget présenté est-il réaliste ?",
  "Avez-vous connaissance d’une autre aide pour le même objet ?",
] as const;

export const ANSWERS = [
  { favourable: true, text: "Favorable" },
  { favourable: true, text: "Favorable, sous réserve :\n- du budget\n- du calendrier" },
  { favourable: false, text: "Défavorable" },
  { favourable: false, text: "Défavorable ; le plan de financement (« annexe 3 ») ne s’équilibre pas" },
  { favourable: null, text: "Je ne me prononce pas" },
] as const;

export const FROM_STAFF = [
  "Bonjour,\n\nIl manque une pièce à votre dossier.\n\nCordialement",
  "Votre dossier est complet, il passe en instruction.",
  "Merci de préciser le montant : 1 200,50 € ou 1 250,00 € ?",
  "Rappel : la pièce « RIB » est attendue avant le 15.",
] as const;

export const FROM_APPLICANTS = [
  "La voici, merci 🙏",
  'Bonjour, le fichier s\'appelle "scan;final.pdf", il fait 12 Mo',
  "=1+1 (c’est bien la formule de la feuille de calcul ?)",
  "Je vous ai appelé hier\tsans succès 😕",
  "السلام عليكم، أرفقت الوثيقة المطلوبة",
  "+33 6 12 34 56 78, joignable l’après-midi",
  "Envoyé depuis Windows\r\nBien à vous",
  "C’est urgent ‼️ 👨‍👩‍👧",
] as const;

export const OFFICE_NOTES = [
  "À traiter avant la commission de juin",
  "Demande identique en 2022, accordée",
  "Pièces vérifiées",
  "Traduction assermentée reçue",
  "L’usager préfère être contacté par téléphone",
  "Voir aussi le dossier de la sœur de la demandeuse",
  "Quotient familial à recalculer",
  "Changement d’adresse en cours d’instruction",
] as const;
