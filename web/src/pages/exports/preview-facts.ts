// What is kept beside an archive to be looked at: `Preview` of the server (src/runner/preview.ts).

export interface PreviewFacts {
  /** Whether values are left out, since only the archive's recipient may see them. */
  readonly withheld: boolean;
  readonly entries: readonly { readonly path: string; readonly bytes: number }[];
  readonly entryCount: number;
  readonly entryBytes: number;
  readonly tables: readonly TableFacts[];
}

export interface TableFacts {
  readonly name: string;
  readonly label?: string;
  readonly rows: number;
  /** In how many rows different values were counted. */
  readonly profiledRows: number;
  readonly columnCount: number;
  readonly columns: readonly ColumnFacts[];
  readonly first: readonly (readonly (string | null)[])[];
}

export interface ColumnFacts {
  readonly name: string;
  readonly label?: string;
  readonly unit?: string;
  readonly type: string;
  readonly deidentified?: string;
  readonly profile: ProfileFacts | null;
}

export interface ProfileFacts {
  readonly missing: number;
  readonly distinct: { readonly count: number; readonly isExact: boolean } | null;
  readonly min: string | null;
  readonly max: string | null;
  readonly top: readonly { readonly value: string; readonly count: number }[] | null;
}
