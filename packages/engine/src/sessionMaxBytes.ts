/**
 * What an open session may take, written as JSON. It is the sum of what its parts may: texts of the start 32 KB, 16 events that
 * wait of 7 KB each, with 20 names of texts that are not kept, 16 closed chapters of 4 KB each, three times 1,000 stretches of
 * time, 200 error ids of 16 KB together, ten player states. Real ones take 1.5 KB.
 */
export const sessionMaxBytes = 393_216
