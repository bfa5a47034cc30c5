/** The bundler puts the bytes of the file in their place (scripts/build-workers.mjs). */
declare module "*.ttf" {
  const bytes: Uint8Array;
  export default bytes;
}
