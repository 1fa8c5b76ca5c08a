/** Events of one session, in a list or one by one: a day with an event every second has 86,400, and one of pings 8,640. */
export const eventsMax = 100_000
