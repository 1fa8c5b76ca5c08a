import type { WarningTexts } from '../codeText.ts'

/** What can be odd about an event, and how to mend it, in Spanish. */
export const es: WarningTexts = {
  duplicate_event: {
    title: 'El mismo evento, con el mismo cuerpo, ya había llegado; se contó una vez.',
    remedy:
      'Es inofensivo si el reproductor repite lo que no obtuvo respuesta; si no, busque un receptor de eventos registrado dos veces.',
  },
  start_repeated: {
    title:
      'El mismo sessionStart había llegado del mismo cliente en el último minuto y su sesión aún no tenía ningún evento: se respondió con esa sesión y se contó una sola vez.',
    remedy:
      'La respuesta al primero se perdió o llegó tarde. Si ocurre a menudo, revise la red y cuánto espera el reproductor una respuesta.',
  },
  event_before_start: {
    title: 'Según ts, el evento es anterior al inicio de su sesión y no cambió nada.',
    remedy: 'Vacíe la cola de eventos cuando termina una reproducción: estos parecen de una anterior.',
  },
  event_after_close: {
    title: 'El evento llegó tras el cierre de la sesión, u ocurrió tras su sessionEnd, y no cambió nada.',
    remedy:
      'No envíe nada después de sessionEnd; tras un tiempo agotado, abra una sesión nueva con media.resume en true.',
  },
  clock_offset: {
    title:
      'El reloj del dispositivo se aparta más de cinco minutos: el ts del inicio dista tanto de su llegada, o una lista descargada termina tanto después de su envío.',
    remedy:
      'Las duraciones son correctas de todos modos. O el reloj del dispositivo está mal, o el inicio esperó en una cola.',
  },
  clock_backwards: {
    title:
      'El ts del evento es anterior al tiempo previo, en esta medida: el evento llegó tarde o el reloj del dispositivo se atrasó.',
    remedy:
      'Tome ts cuando ocurre el evento, de un reloj que nadie ajuste durante una sesión. Tras atrasarse un reloj, el tiempo se cuenta una vez de llegada a llegada y luego según el reloj nuevo.',
  },
  clock_forwards: {
    title:
      'Según el reloj del dispositivo pasó todo este tiempo más de lo que vio el servidor. No cuenta un paso más largo que el tiempo de espera por inactividad, ni lo que haría la sesión más larga que las llegadas de sus eventos más esa espera.',
    remedy:
      'Tome ts de un reloj que nadie ajuste durante una sesión, o abra una sesión nueva cuando se ajustó o cuando el dispositivo despierta. También se ven así los eventos que esperaron en una cola, con un hueco entre ellos.',
  },
  equal_ts: {
    title:
      'El evento tiene el ts del anterior; los eventos de un mismo instante se toman en el orden que los anida: lo que termina, lo que empieza, lo que se reproduce.',
    remedy:
      'Los SDK de medios también lo hacen y ningún número sufre. Donde el orden importe, añada un milisegundo.',
  },
  ping_gap: {
    title: 'Pasaron más de 90 segundos desde el evento anterior; todo se contó para lo que ocurría entonces.',
    remedy:
      'Envíe un ping cada 10 segundos, también en pausa. Los dispositivos en reposo y las pestañas en segundo plano dejan estos huecos.',
  },
  play_missing: {
    title:
      'El cabezal avanzó sin un play, al principio o tras una pausa o una carga de búfer: este tiempo no cuenta como reproducido.',
    remedy:
      'Envíe play cuando el contenido principal empieza a reproducirse, también con reproducción automática, y cada vez que continúa.',
  },
  length_too_long: {
    title:
      'Una duración supera una semana: parece estar en milisegundos, o ser una marca de tiempo. Las cifras la usan tal como se envió.',
    remedy:
      'Envíe media.length, media.ad.length y media.chapter.length en segundos; en directo, si no se conoce la duración, 86400.',
  },
  playhead_beyond_length: {
    title: 'El cabezal pasó de media.length.',
    remedy:
      'Ambos son segundos del contenido principal, sin anuncios. Revise la duración y qué cuenta el cabezal.',
  },
  playhead_in_milliseconds: {
    title: 'El cabezal es más de diez veces media.length: parece estar en milisegundos.',
    remedy: 'El cabezal va en segundos, con fracción si lo desea; solo ts va en milisegundos.',
  },
  playhead_in_unix_time: {
    title:
      'El cabezal del contenido en directo es hora Unix: su movimiento se toma como es, su posición como el segundo del día.',
    remedy: 'Envíe los segundos desde la medianoche UTC.',
  },
  playhead_leap: {
    title:
      'El cabezal saltó mientras se reproducía el contenido, hacia delante o hacia atrás; solo lo reproducido cuenta como visto.',
    remedy: 'Anuncie un salto: pauseStart cuando empieza, play cuando termina.',
  },
  playhead_stuck: {
    title:
      'El cabezal estuvo inmóvil durante tres eventos mientras el contenido decía reproducirse: es un bloqueo.',
    remedy: 'Envíe bufferStart cuando el reproductor espera datos y pauseStart cuando el espectador pausa.',
  },
  stall_limit: {
    title:
      'Más de 100 eventos, o 16 capítulos, llegaron en dos segundos con el cabezal parado: el tiempo cuenta como reproducido.',
    remedy:
      'Envíe un ping cada 10 segundos y un evento cuando ocurre algo: busque un bucle en el reproductor.',
  },
  complete_twice: {
    title: 'La sesión ya se había completado; cuenta una vez.',
    remedy: 'Envíe sessionComplete una vez, cuando el contenido principal se ha visto hasta el final.',
  },
  ad_outside_break: {
    title:
      'Un anuncio empezó fuera de toda pausa publicitaria: no es un anuncio, y su tiempo es contenido principal.',
    remedy:
      'Envíe adBreakStart antes del primer anuncio y adBreakComplete después del último, también si es uno solo.',
  },
  ad_not_ended: {
    title:
      'Un anuncio terminó por algo distinto de adComplete o adSkip, o por nada; no cuenta como completado.',
    remedy: 'Envíe adComplete cuando un anuncio se vio hasta el final y adSkip cuando se abandonó.',
  },
  ad_never_ended: {
    title:
      'El anuncio lleva abierto más de lo que dura y desde entonces el cabezal avanzó más de 10 segundos: parece que se reproduce el contenido, y cuenta como anuncio.',
    remedy: 'Envíe adComplete, adSkip o adBreakComplete cuando un anuncio termina, también cuando falla.',
  },
  ad_end_without_ad: {
    title: 'Se terminó un anuncio, pero no había ninguno abierto; no cambió nada.',
    remedy: 'Envíe adStart cuando empieza un anuncio; compruebe que el reproductor no lo termina dos veces.',
  },
  ad_id_empty: {
    title: 'El anuncio no tiene identificador: los informes por anuncio lo omiten.',
    remedy: 'Ponga en media.ad.id el nombre que su servidor de anuncios da al anuncio.',
  },
  break_not_ended: {
    title:
      'Una pausa publicitaria seguía abierta cuando empezó la siguiente o terminó la sesión; sus anuncios cuentan igualmente.',
    remedy: 'Envíe adBreakComplete cuando acaba el último anuncio de una pausa.',
  },
  break_end_without_break: {
    title: 'Se terminó una pausa publicitaria, pero no había ninguna abierta; no cambió nada.',
    remedy:
      'Envíe adBreakStart cuando empieza una pausa; compruebe que el reproductor no la termina dos veces.',
  },
  chapter_not_ended: {
    title:
      'Un capítulo seguía abierto cuando empezó el siguiente o terminó la sesión; no cuenta como completado.',
    remedy:
      'Envíe chapterComplete cuando un capítulo se vio hasta el final y chapterSkip cuando se abandonó. Los capítulos no pueden solaparse.',
  },
  chapter_end_without_chapter: {
    title: 'Se terminó un capítulo, pero no había ninguno abierto; no cambió nada.',
    remedy:
      'Envíe chapterStart cuando empieza un capítulo; compruebe que el reproductor no lo termina dos veces.',
  },
  bitrate_in_bps: {
    title:
      'La tasa de bits es superior a 100000, o a 10000 en audio: se esperan kilobits por segundo y estos parecen bits. Se omite.',
    remedy: 'Divida entre 1000.',
  },
  bitrate_missing: {
    title: 'Un bitrateChange sin tasa de bits: cuenta como cambio, la tasa de bits queda como estaba.',
    remedy: 'Ponga el nuevo valor en qoeData, como media.qoe.bitrate.',
  },
  time_to_start_in_seconds: {
    title: 'El tiempo hasta el inicio es menor que 50: se lee en milisegundos y parece estar en segundos.',
    remedy: 'Multiplique por 1000.',
  },
  time_to_start_too_long: {
    title: 'El tiempo de inicio supera en más de un minuto la edad de la sesión; se omite.',
    remedy:
      'Envíe los milisegundos desde el deseo del espectador hasta la primera imagen, no una marca de tiempo ni la edad de una página en segundo plano.',
  },
  quality_out_of_range: {
    title:
      'Un valor de calidad es inferior a 0 o está más allá de lo que un reproductor puede medir; se omite.',
    remedy:
      'No envíe ningún valor hasta conocerlo. Los fotogramas por segundo llegan a 1000, los perdidos a 100000000.',
  },
  error_without_id: {
    title: 'Un error sin identificador: cuenta, pero nada dice cuál fue.',
    remedy: 'Póngalo en params como media.errorId, o en qoeData como media.qoe.errorID.',
  },
  error_limit: {
    title:
      'La sesión ya tiene 100 identificadores de error distintos, u 8 KB de ellos: el error cuenta, su identificador no se lista.',
    remedy:
      'Nombre el tipo de error; un identificador con una parte que cambia (una hora, una dirección) es otro cada vez.',
  },
  part_limit: {
    title:
      'La sesión ya tiene 10,000 anuncios, o 10,000 capítulos: este cuenta en la sesión y no se informa por separado.',
    remedy: 'En un día caben menos: busque en el reproductor un bucle que inicia anuncios o capítulos.',
  },
  text_clipped: {
    title:
      'Un texto es más largo, o el evento tiene más, de lo que una sesión guarda: los informes muestran la primera parte. El archivo lo tiene entero.',
    remedy:
      'Mantenga los textos por debajo de 1,024 bytes, todos los de un inicio por debajo de 32 KB y los de un anuncio o capítulo por debajo de 4 KB.',
  },
  warning_limit: {
    title: 'La sesión ya tiene 1,000 advertencias: las siguientes se omiten.',
    remedy: 'Corrija lo que indican las primeras. `POST /reporting/v1/validate` lo dice todo de un evento.',
  },
  state_limit: {
    title: 'La sesión ya tenía diez estados del reproductor distintos; este se omite.',
    remedy:
      'Nombre los estados que importan; un nombre con una parte cambiante crea cada vez un estado propio.',
  },
  state_end_without_start: {
    title: 'Se terminó un estado del reproductor que no estaba activo; no cambió nada.',
    remedy:
      'Envíe stateStart cuando el reproductor entra en un estado; una sesión nueva empieza con todos inactivos.',
  },
  content_id_empty: {
    title: 'La sesión no tiene identificador de contenido: los informes por contenido la omiten.',
    remedy: 'Ponga en media.id el nombre que su catálogo da al contenido.',
  },
}
