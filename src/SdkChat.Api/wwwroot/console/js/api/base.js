const ASSETS = '/console/assets/';

/** The path below which the service is served, as the address of this module has it; '' for none. @param {string} address */
export function baseOf(address) {
  const { pathname } = new URL(address);
  return pathname.slice(0, Math.max(0, pathname.lastIndexOf(ASSETS)));
}

export const BASE = baseOf(import.meta.url);
