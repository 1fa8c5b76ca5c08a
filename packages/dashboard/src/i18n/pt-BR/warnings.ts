import type { WarningTexts } from '../codeText.ts'

/** What can be odd about an event, and how to mend it, in Brazilian Portuguese. */
export const ptBR: WarningTexts = {
  duplicate_event: {
    title: 'O mesmo evento, com o mesmo corpo, já tinha chegado; foi contado uma vez.',
    remedy:
      'Inofensivo quando o player repete o que não teve resposta; senão, procure um listener registrado duas vezes.',
  },
  start_repeated: {
    title:
      'O mesmo sessionStart tinha chegado do mesmo cliente no último minuto, e sua sessão ainda não tinha nenhum evento: a resposta trouxe essa sessão, contada uma só vez.',
    remedy:
      'A resposta ao primeiro se perdeu ou atrasou. Se acontecer com frequência, verifique a rede e quanto tempo o player espera por uma resposta.',
  },
  event_before_start: {
    title: 'Segundo ts, o evento é anterior ao início de sua sessão e não mudou nada.',
    remedy: 'Esvazie a fila de eventos quando uma reprodução termina: estes parecem ser de uma anterior.',
  },
  event_after_close: {
    title:
      'O evento chegou depois do encerramento da sessão, ou ocorreu depois do sessionEnd dela, e não mudou nada.',
    remedy:
      'Não envie nada depois de sessionEnd; após um tempo esgotado, abra uma nova sessão com media.resume como true.',
  },
  clock_offset: {
    title:
      'O relógio do dispositivo está a mais de cinco minutos do certo: o ts do início dista tanto da chegada, ou uma lista baixada termina tanto depois do envio.',
    remedy:
      'As durações estão certas mesmo assim. Ou o relógio do dispositivo está errado, ou o início esperou em uma fila.',
  },
  clock_backwards: {
    title:
      'O ts do evento é anterior ao tempo precedente, nesta medida: o evento chegou tarde ou o relógio do dispositivo foi atrasado.',
    remedy:
      'Tome ts quando o evento acontece, de um relógio que ninguém acerta durante uma sessão. Depois que um relógio é atrasado, o tempo é contado uma vez de chegada a chegada e depois pelo novo relógio.',
  },
  clock_forwards: {
    title:
      'Pelo relógio do dispositivo passou todo este tempo além do que o servidor viu. Não conta um passo mais longo que o tempo limite de inatividade, nem o que tornaria a sessão mais longa que as chegadas dos seus eventos mais esse limite.',
    remedy:
      'Tome ts de um relógio que ninguém acerta durante uma sessão, ou abra uma nova sessão quando ele foi acertado ou quando o dispositivo acorda. Eventos que esperaram em uma fila, com uma lacuna entre eles, também aparecem assim.',
  },
  equal_ts: {
    title:
      'O evento tem o ts do anterior; os eventos de um mesmo instante são tomados na ordem que os aninha: o que termina, o que começa, o que toca.',
    remedy:
      'Os SDKs de mídia também fazem isso, e nenhum número sofre. Onde a ordem importa, some um milissegundo.',
  },
  ping_gap: {
    title:
      'Passaram mais de 90 segundos desde o evento anterior; tudo foi contado para o que acontecia então.',
    remedy:
      'Envie um ping a cada 10 segundos, também em pausa. Dispositivos em repouso e abas em segundo plano deixam essas lacunas.',
  },
  play_missing: {
    title:
      'A posição avançou sem um play, no começo ou depois de uma pausa ou de um carregamento de buffer: este tempo não conta como reproduzido.',
    remedy:
      'Envie play quando o conteúdo principal começa a ser reproduzido, também com reprodução automática, e sempre que ele continua.',
  },
  length_too_long: {
    title:
      'Uma duração passa de uma semana: parece estar em milissegundos ou ser um carimbo de data e hora. Os números a usam como foi enviada.',
    remedy:
      'Envie media.length, media.ad.length e media.chapter.length em segundos; em transmissões ao vivo de duração desconhecida, 86400.',
  },
  playhead_beyond_length: {
    title: 'A posição passou de media.length.',
    remedy:
      'Ambos são segundos do conteúdo principal, sem anúncios. Verifique a duração e o que a posição conta.',
  },
  playhead_in_milliseconds: {
    title: 'A posição é mais de dez vezes media.length: parece estar em milissegundos.',
    remedy: 'A posição é em segundos, com fração se quiser; só ts é em milissegundos.',
  },
  playhead_in_unix_time: {
    title:
      'A posição do conteúdo ao vivo é hora Unix: o movimento é tomado como está, a posição como o segundo do dia.',
    remedy: 'Envie os segundos desde a meia-noite UTC.',
  },
  playhead_leap: {
    title:
      'A posição saltou enquanto o conteúdo era reproduzido, para a frente ou para trás; só o reproduzido conta como visto.',
    remedy: 'Anuncie um salto: pauseStart quando ele começa, play quando termina.',
  },
  playhead_stuck: {
    title:
      'A posição ficou parada por três eventos enquanto o conteúdo dizia estar em reprodução: é um travamento.',
    remedy: 'Envie bufferStart quando o player espera dados e pauseStart quando o espectador pausa.',
  },
  stall_limit: {
    title:
      'Mais de 100 eventos, ou 16 capítulos, chegaram em dois segundos com o cursor parado: o tempo conta como reproduzido.',
    remedy: 'Envie um ping a cada 10 segundos e um evento quando algo acontece: procure um laço no player.',
  },
  complete_twice: {
    title: 'A sessão já tinha sido concluída; conta uma vez.',
    remedy: 'Envie sessionComplete uma vez, quando o conteúdo principal foi visto até o fim.',
  },
  ad_outside_break: {
    title:
      'Um anúncio começou fora de qualquer intervalo comercial: não é um anúncio, e seu tempo é conteúdo principal.',
    remedy:
      'Envie adBreakStart antes do primeiro anúncio e adBreakComplete depois do último, mesmo com um só.',
  },
  ad_not_ended: {
    title:
      'Um anúncio terminou por algo diferente de adComplete ou adSkip, ou por nada; não conta como concluído.',
    remedy: 'Envie adComplete quando um anúncio foi visto até o fim e adSkip quando foi abandonado.',
  },
  ad_never_ended: {
    title:
      'O anúncio está aberto há mais tempo do que dura, e desde então a posição avançou mais de 10 segundos: o conteúdo parece tocar, e conta como anúncio.',
    remedy: 'Envie adComplete, adSkip ou adBreakComplete quando um anúncio termina, também quando falha.',
  },
  ad_end_without_ad: {
    title: 'Um anúncio foi terminado, mas nenhum estava aberto; não mudou nada.',
    remedy: 'Envie adStart quando um anúncio começa; verifique se o player não o termina duas vezes.',
  },
  ad_id_empty: {
    title: 'O anúncio não tem identificador: os relatórios por anúncio o omitem.',
    remedy: 'Ponha em media.ad.id o nome que seu servidor de anúncios dá ao anúncio.',
  },
  break_not_ended: {
    title:
      'Um intervalo comercial ainda estava aberto quando o seguinte começou ou a sessão terminou; seus anúncios contam mesmo assim.',
    remedy: 'Envie adBreakComplete quando acaba o último anúncio de um intervalo.',
  },
  break_end_without_break: {
    title: 'Um intervalo comercial foi terminado, mas nenhum estava aberto; não mudou nada.',
    remedy: 'Envie adBreakStart quando um intervalo começa; verifique se o player não o termina duas vezes.',
  },
  chapter_not_ended: {
    title:
      'Um capítulo ainda estava aberto quando o seguinte começou ou a sessão terminou; não conta como concluído.',
    remedy:
      'Envie chapterComplete quando um capítulo foi visto até o fim e chapterSkip quando foi abandonado. Capítulos não podem se sobrepor.',
  },
  chapter_end_without_chapter: {
    title: 'Um capítulo foi terminado, mas nenhum estava aberto; não mudou nada.',
    remedy: 'Envie chapterStart quando um capítulo começa; verifique se o player não o termina duas vezes.',
  },
  bitrate_in_bps: {
    title:
      'A taxa de bits está acima de 100000, ou de 10000 em áudio: esperam-se quilobits por segundo, e estes parecem bits. Ela é deixada de fora.',
    remedy: 'Divida por 1000.',
  },
  bitrate_missing: {
    title: 'Um bitrateChange sem taxa de bits: conta como mudança, a taxa de bits fica como estava.',
    remedy: 'Ponha o novo valor em qoeData, como media.qoe.bitrate.',
  },
  time_to_start_in_seconds: {
    title: 'O tempo até o início é menor que 50: é lido em milissegundos e parece estar em segundos.',
    remedy: 'Multiplique por 1000.',
  },
  time_to_start_too_long: {
    title: 'O tempo de início é mais de um minuto maior que a idade da sessão; ele é deixado de fora.',
    remedy:
      'Envie os milissegundos do desejo do espectador até a primeira imagem, não um carimbo de tempo nem a idade de uma página em segundo plano.',
  },
  quality_out_of_range: {
    title:
      'Um valor de qualidade está abaixo de 0, ou além do que um player pode medir; ele é deixado de fora.',
    remedy:
      'Não envie valor até que seja conhecido. Quadros por segundo vão até 1000, quadros perdidos até 100000000.',
  },
  error_without_id: {
    title: 'Um erro sem identificador: conta, mas nada diz qual foi.',
    remedy: 'Ponha-o em params como media.errorId, ou em qoeData como media.qoe.errorID.',
  },
  error_limit: {
    title:
      'A sessão já tem 100 identificadores de erro diferentes, ou 8 KB deles: o erro conta, o identificador não é listado.',
    remedy:
      'Nomeie o tipo de erro; um identificador com uma parte que muda (um horário, um endereço) é outro a cada vez.',
  },
  part_limit: {
    title:
      'A sessão já tem 10,000 anúncios, ou 10,000 capítulos: este conta na sessão e não é relatado em separado.',
    remedy: 'Em um dia cabem menos: procure no player um laço que inicia anúncios ou capítulos.',
  },
  text_clipped: {
    title:
      'Um texto é mais longo, ou o evento tem mais deles, do que uma sessão guarda: os relatórios mostram a primeira parte. O arquivo o tem inteiro.',
    remedy:
      'Mantenha os textos abaixo de 1,024 bytes, todos os de um início abaixo de 32 KB e os de um anúncio ou capítulo abaixo de 4 KB.',
  },
  warning_limit: {
    title: 'A sessão já tem 1,000 avisos: os seguintes são omitidos.',
    remedy: 'Corrija o que os primeiros indicam. `POST /reporting/v1/validate` diz tudo sobre um evento.',
  },
  state_limit: {
    title: 'A sessão já tinha dez estados do player diferentes; este é omitido.',
    remedy:
      'Nomeie os estados que importam; um nome com uma parte que muda cria um estado próprio a cada vez.',
  },
  state_end_without_start: {
    title: 'Um estado do player que não estava ativo foi terminado; não mudou nada.',
    remedy: 'Envie stateStart quando o player entra em um estado; uma nova sessão começa com todos inativos.',
  },
  content_id_empty: {
    title: 'A sessão não tem identificador de conteúdo: os relatórios por conteúdo a omitem.',
    remedy: 'Ponha em media.id o nome que seu catálogo dá ao conteúdo.',
  },
}
