// Where Waybill is below its host, as the server wrote it into the page: empty, or `/exports`.

export const BASE_PATH: string = document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? "";
