/** @returns whether the text has the form of an id: anything else from an address or a form would be an error to the database. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
