/** Our database in ClickHouse, where the server's URL names no other. */
export const databaseName = 'playhead'
