import type { ProblemTexts } from '../codeText.ts'

/** What a request is refused for, and how to mend it, in Spanish. */
export const es: ProblemTexts = {
  body_not_object: {
    title: 'El cuerpo no es un objeto',
    remedy: 'Envíe un solo evento por petición, como objeto JSON.',
  },
  missing_member: {
    title: 'Falta un miembro obligatorio',
    remedy:
      'Añádalo; si cree que lo envía, busque una errata. Con la política lenient solo son obligatorios eventType y playerTime.',
  },
  unknown_member: {
    title: 'Un miembro no existe',
    remedy: 'Ponga los parámetros en params, los datos propios en customMetadata o corrija el nombre.',
  },
  unknown_key: {
    title: 'Una clave no se conoce para este evento',
    remedy:
      'Corríjala, muévala al evento que la tiene o envíela en customMetadata. Las políticas documented y lenient aceptan y conservan estas claves.',
  },
  wrong_type: {
    title: 'Un valor tiene un tipo incorrecto',
    remedy: 'Envíe el tipo documentado. Omita un miembro sin valor en lugar de enviar null.',
  },
  number_not_finite: {
    title: 'Un número es demasiado grande',
    remedy:
      'Busque el desbordamiento en el reproductor, a menudo una división entre cero, y omita el valor mientras tanto.',
  },
  value_not_allowed: {
    title: 'Un valor no está permitido',
    remedy: 'Envíe uno de los valores que se indican como esperados.',
  },
  unknown_event_type: {
    title: 'El tipo de evento no existe',
    remedy:
      'Use uno de los nombres esperados. El final de una carga de búfer, de un salto o de un bloqueo es play.',
  },
  event_type_not_allowed: {
    title: 'El tipo de evento corresponde al otro punto de acceso',
    remedy: 'Envíe sessionStart a /api/v1/sessions y lo que sigue a /api/v1/sessions/{sid}/events.',
  },
  ts_seconds: {
    title: 'La marca de tiempo no está en milisegundos',
    remedy:
      'Envíe milisegundos desde 1970-01-01 UTC: Date.now() en JavaScript; en otros lenguajes, los segundos multiplicados por 1000.',
  },
  ts_too_large: {
    title: 'La marca de tiempo es demasiado grande',
    remedy: 'Envíe milisegundos desde 1970-01-01 UTC.',
  },
  playhead_out_of_range: {
    title: 'El cabezal está fuera del contenido',
    remedy:
      'Envíe segundos: la posición en contenido grabado, el segundo del día (UTC) en contenido en directo. Revise media.length y media.contentType.',
  },
  metadata_key_invalid: {
    title: 'Una clave de metadatos tiene un carácter no permitido',
    remedy: 'Sustituya los demás caracteres, por ejemplo por un guion bajo.',
  },
  state_name_invalid: {
    title: 'El nombre de un estado del reproductor no es válido',
    remedy:
      'Use un nombre estándar (fullScreen, mute, closedCaptioning, pictureInPicture, inFocus) o acorte y limpie el suyo.',
  },
  states_empty: {
    title: 'Un statesUpdate sin ningún estado',
    remedy: 'Ponga en las listas los estados que cambiaron o no envíe el evento.',
  },
  downloaded_needs_array: {
    title: 'El contenido descargado necesita una matriz',
    remedy:
      'Omita media.downloaded (o envíe false) mientras el espectador está en línea. Envíe una sesión descargada entera, como lista de sus eventos.',
  },
  body_not_array: {
    title: 'Una sesión descargada es una lista',
    remedy: 'Envíe todos los eventos de la sesión en una sola matriz, con sessionStart primero.',
  },
  download_empty: {
    title: 'La lista de eventos está vacía',
    remedy: 'Envíe todos los eventos de la sesión en una sola matriz, con sessionStart primero.',
  },
  download_not_flagged: {
    title: 'Una lista que no se declara como sesión descargada',
    remedy: 'Ponga media.downloaded en true o envíe la matriz a `/api/v1/downloaded`.',
  },
  body_empty: { title: 'No hay cuerpo', remedy: 'Envíe el evento como JSON en el cuerpo del POST.' },
  body_not_json: { title: 'El cuerpo no es JSON', remedy: 'Deje que una biblioteca JSON escriba el cuerpo.' },
  body_not_utf8: { title: 'El cuerpo no es UTF-8', remedy: 'Codifique el cuerpo en UTF-8.' },
  body_too_deep: {
    title: 'El cuerpo está demasiado anidado',
    remedy: 'Envíe valores simples: params, qoeData y customMetadata tienen un solo nivel.',
  },
  keys_too_many: {
    title: 'Un objeto tiene demasiadas claves',
    remedy:
      'Envíe aquello por lo que se hacen informes. Una clave hecha de un valor cambiante debe ir en el valor.',
  },
  key_too_long: {
    title: 'Una clave es demasiado larga',
    remedy: 'Acórtela. Una clave que contiene un texto o una URL parece ser un valor.',
  },
  text_too_long: {
    title: 'Un texto es demasiado largo',
    remedy: 'Acórtelo u omítalo: una imagen o un documento no es un valor para informes.',
  },
  key_repeated: {
    title: 'Un objeto tiene dos veces la misma clave',
    remedy: 'Envíe cada clave una vez. Una biblioteca JSON lo hace; busque texto compuesto a mano.',
  },
  body_too_large: {
    title: 'El cuerpo es demasiado grande',
    remedy: 'Reduzca customMetadata; quien administra el servidor puede subir el límite.',
  },
  encoding_unsupported: {
    title: 'El cuerpo está comprimido de una forma no admitida',
    remedy: 'Comprima el cuerpo una sola vez, con gzip, deflate o br, o envíelo sin Content-Encoding.',
  },
  encoding_broken: {
    title: 'El cuerpo comprimido está dañado',
    remedy: 'Comprima todo el cuerpo como indica Content-Encoding, o envíelo sin Content-Encoding.',
  },
  events_too_many: {
    title: 'La lista tiene demasiados eventos',
    remedy: 'Envíe una lista por sesión y busque un bucle en el reproductor.',
  },
  session_unknown: {
    title: 'La sesión no se conoce',
    remedy:
      'Abra una sesión nueva con sessionStart y envíe allí los eventos. Tome el identificador de la cabecera Location tal como está.',
  },
  session_closed: {
    title: 'La sesión está cerrada',
    remedy:
      'Abra una sesión nueva con sessionStart; ponga media.resume en true cuando el espectador continúe.',
  },
  session_too_long: {
    title: 'La sesión tiene demasiados eventos',
    remedy:
      'Abra una sesión nueva con sessionStart y media.resume en true, y busque un bucle en el reproductor.',
  },
  org_not_allowed: {
    title: 'Esta organización no se acepta aquí',
    remedy: 'Corrija el identificador, o quien administra el servidor lo añade a `PLAYHEAD_COLLECT_ORG_IDS`.',
  },
  report_suite_not_allowed: {
    title: 'Este grupo de informes no se acepta aquí',
    remedy: 'Corrija el nombre, o quien administra el servidor lo añade a `PLAYHEAD_COLLECT_REPORT_SUITES`.',
  },
  origin_not_allowed: {
    title: 'Las páginas de este origen no se aceptan aquí',
    remedy: 'Quien administra el servidor añade el origen de la página a `PLAYHEAD_COLLECT_ORIGINS`.',
  },
  token_missing: {
    title: 'Se necesita un token',
    remedy: 'Envíe `Authorization: Bearer TOKEN` o inicie sesión en el panel.',
  },
  token_invalid: {
    title: 'El token no es válido',
    remedy: 'Pida un token a quien administra el servidor: `playhead token list` nombra los que hay.',
  },
  tokens_too_many: {
    title: 'Demasiados tokens incorrectos',
    remedy: 'Busque qué sigue enviando un token antiguo y espere lo que indica `Retry-After`.',
  },
  scope_insufficient: {
    title: 'El token no llega tan lejos',
    remedy: 'Use un token para todos los grupos de informes.',
  },
  path_unknown: {
    title: 'No hay nada en esta ruta',
    remedy: 'Compare la ruta con la referencia de la API; una ruta base debe configurarse en ambos lados.',
  },
  method_not_allowed: {
    title: 'El método no está permitido aquí',
    remedy: 'Use un método que nombre la cabecera Allow de la respuesta.',
  },
  schema_unknown: {
    title: 'No existe ese esquema',
    remedy: 'Pida uno de los tipos de evento de la referencia.',
  },
  query_invalid: {
    title: 'Un parámetro de la consulta no es válido',
    remedy: 'Corrija el parámetro que nombra el mensaje.',
  },
  report_id_unknown: {
    title: 'No existe esa métrica, dimensión o segmento',
    remedy: 'Tome los identificadores de `GET /reporting/v1/catalog`.',
  },
  report_mismatch: {
    title: 'Lo que se pide no encaja entre sí',
    remedy: 'Quite uno de los dos o pídalos en dos informes.',
  },
  range_invalid: {
    title: 'El periodo no es válido',
    remedy: 'Corrija lo que señala el puntero o tome intervalos más largos.',
  },
  report_too_large: {
    title: 'El informe es demasiado grande',
    remedy: 'Tome un periodo más corto, menos dimensiones, un filtro o un límite más bajo.',
  },
  report_timeout: {
    title: 'El informe tarda demasiado',
    remedy:
      'Tome un periodo más corto o menos dimensiones, o vuelva a pedirlo cuando el servidor tenga menos trabajo.',
  },
  reports_too_many: {
    title: 'Demasiados informes a la vez',
    remedy: 'Espere las respuestas a los informes ya pedidos y vuelva a pedirlo.',
  },
  request_malformed: {
    title: 'La petición no es HTTP legible',
    remedy: 'Revise lo que hay entre el reproductor y el servidor: la petición llegó dañada o cortada.',
  },
  rate_exceeded: {
    title: 'Demasiadas peticiones',
    remedy:
      'Busque un bucle en el reproductor. Detrás de un proxy, indique al servidor que confíe en él; si no, todos los reproductores cuentan como un solo cliente. Quien administra el servidor puede subir la tasa.',
  },
  sessions_too_many: {
    title: 'Hay demasiadas sesiones abiertas',
    remedy:
      'Empiece de nuevo más tarde. Quien administra el servidor puede subir el límite si hay memoria, o repartir la carga.',
  },
  memory_short: {
    title: 'Queda poca memoria',
    remedy:
      'Empiece de nuevo más tarde. Quien administra el servidor debería revisar la memoria que tiene asignada.',
  },
  server_busy: {
    title: 'El servidor está desbordado',
    remedy: 'Vuelva a enviarlo más tarde, y el cuerpo sin pausas. Puede que el disco del servidor sea lento.',
  },
  connections_too_many: {
    title: 'Demasiadas conexiones',
    remedy: 'Conéctese más tarde; mantenga una conexión abierta en lugar de muchas.',
  },
  log_unavailable: {
    title: 'Por ahora no se pueden guardar eventos',
    remedy:
      'Vuelva a enviarlo más tarde. Quien administra el servidor debería revisar su disco y sus mensajes.',
  },
  log_full: {
    title: 'Por ahora no hay sitio para eventos',
    remedy:
      'Vuelva a enviarlo más tarde: el servidor acepta eventos de nuevo por sí mismo en cuanto hay sitio. Quien lo administra debería revisar el disco y el almacén.',
  },
  store_unavailable: {
    title: 'Por ahora no se pueden leer informes',
    remedy: 'Vuelva a pedirlo en un momento. `/readyz` dice cómo está el almacén.',
  },
  listeners_too_many: {
    title: 'Demasiadas personas miran la vista en directo',
    remedy: 'Cierre un panel que nadie mira y vuelva a pedirla.',
  },
  internal: {
    title: 'El servidor ha fallado',
    remedy: 'Vuelva a enviarlo más tarde e informe del fallo si persiste.',
  },
}
