// The theme that was last chosen here, before anything is drawn. Mantine's name for it, and its attribute.
{
  const kept = localStorage.getItem("mantine-color-scheme-value");
  const isDark = kept === "dark" || (kept !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.mantineColorScheme = isDark ? "dark" : "light";
  document.documentElement.lang = localStorage.getItem("waybill.language") ?? document.documentElement.lang;
}
