// Ce que le serveur refuse le plus souvent, d’après ses codes.

export const problems = {
  "not-found": "Ce que vous cherchez n’existe plus, ou vous n’avez pas le droit de le voir.",
  forbidden: "Vous n’avez pas le droit de faire cela. Adressez-vous à un administrateur de l’organisation.",
  "quota-exceeded":
    "Le quota d’archives de l’organisation est épuisé. Supprimez des archives dont personne n’a plus besoin, demandez moins d’enregistrements, ou demandez plus de place à un administrateur.",
  "name-taken": "Ce nom ou ce code est déjà pris. Choisissez-en un autre.",
  "revision-conflict":
    "Quelqu’un d’autre l’a modifié entre-temps. Rouvrez-le, et faites votre modification sur ce qu’il est maintenant.",
  "export-over": "L’export est déjà terminé. Supprimez-le, ou redemandez-le.",
  "not-ready": "L’export n’est pas prêt : il n’y a pas encore d’archive. Attendez qu’il le soit.",
  expired: "La durée de conservation de l’archive est écoulée, et elle est supprimée. Redemandez l’export.",
  "archive-missing": "L’archive n’est plus là. Redemandez l’export.",
  gone: "L’export a été supprimé entre-temps. Redemandez-le.",
  "source-unreachable":
    "La base de données des enregistrements est injoignable. Réessayez plus tard ; si cela dure, prévenez un administrateur.",
  "source-lost": "La connexion à la base de données des enregistrements a été perdue. Réessayez.",
  "source-busy": "La base de données des enregistrements est occupée. Réessayez dans un moment.",
  "source-timeout":
    "La base de données a mis plus de temps qu’il n’est permis. Demandez moins d’enregistrements, ou un filtre plus simple.",
  "source-changed": "Les données ont changé pendant leur lecture. Réessayez.",
  "source-refused":
    "La base de données des enregistrements a refusé. Si cela se reproduit, prévenez un administrateur.",
  "mandatory-missing":
    "Des valeurs manquent dans des colonnes obligatoires. Complétez les enregistrements, donnez une valeur par défaut à ces colonnes, ou ne les rendez pas obligatoires.",
  "nothing-to-export":
    "Il n’y a rien à exporter dans ce que vous avez choisi. Choisissez d’autres enregistrements, fichiers ou champs.",
  "purpose-missing": "L’organisation veut savoir à quoi sert un export. Indiquez-le, puis réessayez.",
  "batch-outdated": "Le type d’objet a changé depuis la création du lot. Créez le lot de nouveau.",
  "namespace-in-use": "Ce groupe ou projet contient encore quelque chose. Déplacez-le ou supprimez-le d’abord.",
  "last-administrator": "Une organisation garde au moins un administrateur. Nommez-en d’abord un autre.",
  "person-exists": "Il y a déjà un compte avec cette adresse e-mail.",
  "worker-lost":
    "L’export s’est interrompu à chaque essai. Demandez moins d’enregistrements ou de colonnes, ou prévenez un administrateur.",
  "store-full": "Il n’y a plus de place pour les archives. Prévenez un administrateur.",
  "store-failed":
    "Les archives ne peuvent être ni écrites ni lues pour le moment. Réessayez plus tard ; si cela dure, prévenez un administrateur.",
  "file-missing": "Le fichier n’est plus là.",
  "file-unreadable": "Le fichier est illisible. Prévenez un administrateur.",
  "too-large": "Ce qui a été envoyé est plus grand qu’il n’est permis.",
  "too-many-requests": "Trop de demandes en peu de temps. Attendez un moment, puis réessayez.",
  timeout: "Cela a pris trop de temps. Réessayez, ou demandez moins d’enregistrements.",
  "control-busy": "Waybill est occupé pour le moment. Réessayez dans un instant.",
  "control-lost": "La base de données de Waybill ne répond pas. Réessayez dans un instant.",
  "control-unreachable": "La base de données de Waybill est injoignable. Réessayez dans un instant.",
  internal: "Quelque chose n’a pas fonctionné dans Waybill même. Si cela se reproduit, prévenez un administrateur.",
  "source-sign-in":
    "La base de données des enregistrements n’accepte pas la connexion de Waybill. Prévenez un administrateur.",
  "source-right-missing":
    "Waybill n’a pas le droit de lire cela dans la base de données des enregistrements. Prévenez un administrateur.",
  "source-certificate":
    "Le certificat de la base de données des enregistrements est illisible. Prévenez un administrateur.",
  "source-memory":
    "Ces enregistrements demandent plus de mémoire que la source n’en a. Demandez moins d’enregistrements ou de champs, ou un autre ordre.",
  "query-refused":
    "La base de données refuse la requête que la configuration donne pour ce type d’objet. Prévenez un administrateur.",
  "archive-damaged": "L’archive est abîmée. Redemandez l’export, ou prévenez un administrateur.",
  "archive-replaced": "L’archive a été remplacée pendant sa lecture. Réessayez.",
  "archive-key-missing": "La clé qui ouvre l’archive manque. Prévenez un administrateur.",
  "file-store-failed":
    "Le lieu où se trouvent les fichiers est inutilisable pour le moment. Réessayez plus tard ; si cela dure, prévenez un administrateur.",
  config: "La configuration ne correspond plus à ce que contient la source. Prévenez un administrateur.",
} as const;
