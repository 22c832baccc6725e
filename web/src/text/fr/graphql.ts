// La page où l’on écrit du GraphQL.
import type { english } from "../en/index.ts";

export const graphql: typeof english.graphql = {
  title: "GraphQL",
  detail:
    "Lisez les enregistrements un à un, avec ce qui leur appartient. Les programmes utilisent la même adresse, avec un jeton.",
  schema: "Schéma (SDL)",
  editor: "Éditeur GraphQL",
  example: "Ctrl+Entrée pour exécuter cette requête.\nLa documentation à côté contient tous les types et champs.",
};
