import type { ProblemTexts } from '../codeText.ts'

/** What a request is refused for, and how to mend it, in Brazilian Portuguese. */
export const ptBR: ProblemTexts = {
  body_not_object: {
    title: 'O corpo não é um objeto',
    remedy: 'Envie um só evento por requisição, como objeto JSON.',
  },
  missing_member: {
    title: 'Falta um membro obrigatório',
    remedy:
      'Acrescente-o; se acredita que o envia, procure um erro de digitação. Na política lenient só eventType e playerTime são obrigatórios.',
  },
  unknown_member: {
    title: 'Um membro não existe',
    remedy: 'Ponha os parâmetros em params, os dados próprios em customMetadata ou corrija o nome.',
  },
  unknown_key: {
    title: 'Uma chave não é conhecida para este evento',
    remedy:
      'Corrija-a, leve-a para o evento que a tem ou envie-a em customMetadata. As políticas documented e lenient aceitam e guardam essas chaves.',
  },
  wrong_type: {
    title: 'Um valor tem o tipo errado',
    remedy: 'Envie o tipo documentado. Omita um membro sem valor, em vez de enviar null.',
  },
  number_not_finite: {
    title: 'Um número é grande demais',
    remedy: 'Procure o estouro no player, muitas vezes uma divisão por zero, e omita o valor enquanto isso.',
  },
  value_not_allowed: {
    title: 'Um valor não é permitido',
    remedy: 'Envie um dos valores indicados como esperados.',
  },
  unknown_event_type: {
    title: 'O tipo de evento não existe',
    remedy:
      'Use um dos nomes esperados. O fim de um carregamento de buffer, de um salto ou de um travamento é play.',
  },
  event_type_not_allowed: {
    title: 'O tipo de evento pertence ao outro ponto de acesso',
    remedy: 'Envie sessionStart para /api/v1/sessions e o que segue para /api/v1/sessions/{sid}/events.',
  },
  ts_seconds: {
    title: 'O carimbo de data e hora não está em milissegundos',
    remedy:
      'Envie milissegundos desde 1970-01-01 UTC: Date.now() em JavaScript; em outras linguagens, os segundos vezes 1000.',
  },
  ts_too_large: {
    title: 'O carimbo de data e hora é grande demais',
    remedy: 'Envie milissegundos desde 1970-01-01 UTC.',
  },
  playhead_out_of_range: {
    title: 'A posição de reprodução está fora do conteúdo',
    remedy:
      'Envie segundos: a posição em conteúdo gravado, o segundo do dia (UTC) em conteúdo ao vivo. Verifique media.length e media.contentType.',
  },
  metadata_key_invalid: {
    title: 'Uma chave de metadados tem um caractere não permitido',
    remedy: 'Substitua os outros caracteres, por exemplo por um sublinhado.',
  },
  state_name_invalid: {
    title: 'O nome de um estado do player não é válido',
    remedy:
      'Use um nome padrão (fullScreen, mute, closedCaptioning, pictureInPicture, inFocus) ou encurte e limpe o seu.',
  },
  states_empty: {
    title: 'Um statesUpdate sem nenhum estado',
    remedy: 'Ponha nas listas os estados que mudaram ou não envie o evento.',
  },
  downloaded_needs_array: {
    title: 'Conteúdo baixado precisa de um array',
    remedy:
      'Omita media.downloaded (ou envie false) enquanto o espectador está on-line. Envie uma sessão baixada inteira, como lista de seus eventos.',
  },
  body_not_array: {
    title: 'Uma sessão baixada é uma lista',
    remedy: 'Envie todos os eventos da sessão em um só array, com sessionStart primeiro.',
  },
  download_empty: {
    title: 'A lista de eventos está vazia',
    remedy: 'Envie todos os eventos da sessão em um só array, com sessionStart primeiro.',
  },
  download_not_flagged: {
    title: 'Uma lista que não é declarada como sessão baixada',
    remedy: 'Ponha media.downloaded como true ou envie o array para `/api/v1/downloaded`.',
  },
  body_empty: { title: 'Não há corpo', remedy: 'Envie o evento como JSON no corpo do POST.' },
  body_not_json: { title: 'O corpo não é JSON', remedy: 'Deixe uma biblioteca JSON escrever o corpo.' },
  body_not_utf8: { title: 'O corpo não é UTF-8', remedy: 'Codifique o corpo em UTF-8.' },
  body_too_deep: {
    title: 'O corpo tem níveis demais',
    remedy: 'Envie valores simples: params, qoeData e customMetadata têm um só nível.',
  },
  keys_too_many: {
    title: 'Um objeto tem chaves demais',
    remedy:
      'Envie aquilo por que se fazem relatórios. Uma chave feita de um valor que muda deve ir no valor.',
  },
  key_too_long: {
    title: 'Uma chave é longa demais',
    remedy: 'Encurte-a. Uma chave que contém um texto ou uma URL parece ser um valor.',
  },
  text_too_long: {
    title: 'Um texto é longo demais',
    remedy: 'Encurte-o ou omita-o: uma imagem ou um documento não é um valor para relatórios.',
  },
  key_repeated: {
    title: 'Um objeto tem a mesma chave duas vezes',
    remedy: 'Envie cada chave uma vez. Uma biblioteca JSON faz isso; procure texto montado à mão.',
  },
  body_too_large: {
    title: 'O corpo é grande demais',
    remedy: 'Reduza customMetadata; quem administra o servidor pode aumentar o limite.',
  },
  encoding_unsupported: {
    title: 'O corpo está comprimido de uma forma não aceita',
    remedy: 'Comprima o corpo uma só vez, com gzip, deflate ou br, ou envie-o sem Content-Encoding.',
  },
  encoding_broken: {
    title: 'O corpo comprimido está corrompido',
    remedy: 'Comprima o corpo inteiro como indica Content-Encoding, ou envie-o sem Content-Encoding.',
  },
  events_too_many: {
    title: 'A lista tem eventos demais',
    remedy: 'Envie uma lista por sessão e procure um laço no player.',
  },
  session_unknown: {
    title: 'A sessão não é conhecida',
    remedy:
      'Abra uma nova sessão com sessionStart e envie os eventos para ela. Use o identificador do cabeçalho Location como está.',
  },
  session_closed: {
    title: 'A sessão está encerrada',
    remedy:
      'Abra uma nova sessão com sessionStart; ponha media.resume como true quando o espectador continua.',
  },
  session_too_long: {
    title: 'A sessão tem eventos demais',
    remedy: 'Abra uma nova sessão com sessionStart e media.resume true e procure um laço no player.',
  },
  org_not_allowed: {
    title: 'Esta organização não é aceita aqui',
    remedy:
      'Corrija o identificador, ou quem administra o servidor o acrescenta a `PLAYHEAD_COLLECT_ORG_IDS`.',
  },
  report_suite_not_allowed: {
    title: 'Este conjunto de relatórios não é aceito aqui',
    remedy: 'Corrija o nome, ou quem administra o servidor o acrescenta a `PLAYHEAD_COLLECT_REPORT_SUITES`.',
  },
  origin_not_allowed: {
    title: 'Páginas desta origem não são aceitas aqui',
    remedy: 'Quem administra o servidor acrescenta a origem da página a `PLAYHEAD_COLLECT_ORIGINS`.',
  },
  token_missing: {
    title: 'É preciso um token',
    remedy: 'Envie `Authorization: Bearer TOKEN` ou entre no painel.',
  },
  token_invalid: {
    title: 'O token não é válido',
    remedy: 'Peça um token a quem administra o servidor: `playhead token list` nomeia os que existem.',
  },
  tokens_too_many: {
    title: 'Tokens errados demais',
    remedy: 'Procure o que continua enviando um token antigo e espere o que `Retry-After` indica.',
  },
  scope_insufficient: {
    title: 'O token não alcança tanto',
    remedy: 'Use um token para todos os conjuntos de relatórios.',
  },
  path_unknown: {
    title: 'Não há nada neste caminho',
    remedy: 'Compare o caminho com a referência da API; um caminho base deve ser configurado nos dois lados.',
  },
  method_not_allowed: {
    title: 'O método não é permitido aqui',
    remedy: 'Use um método que o cabeçalho Allow da resposta nomeia.',
  },
  schema_unknown: { title: 'Esse esquema não existe', remedy: 'Peça um dos tipos de evento da referência.' },
  query_invalid: {
    title: 'Um parâmetro da consulta não é válido',
    remedy: 'Corrija o parâmetro que a mensagem nomeia.',
  },
  report_id_unknown: {
    title: 'Essa métrica, dimensão ou segmento não existe',
    remedy: 'Use os identificadores de `GET /reporting/v1/catalog`.',
  },
  report_mismatch: {
    title: 'O que se pede não combina',
    remedy: 'Retire um dos dois ou peça-os em dois relatórios.',
  },
  range_invalid: {
    title: 'O período não é válido',
    remedy: 'Corrija o que o ponteiro indica ou use intervalos mais longos.',
  },
  report_too_large: {
    title: 'O relatório é grande demais',
    remedy: 'Use um período mais curto, menos dimensões, um filtro ou um limite menor.',
  },
  report_timeout: {
    title: 'O relatório demora demais',
    remedy:
      'Use um período mais curto ou menos dimensões, ou peça de novo quando o servidor tiver menos a fazer.',
  },
  reports_too_many: {
    title: 'Relatórios demais ao mesmo tempo',
    remedy: 'Espere as respostas aos relatórios já pedidos e peça de novo.',
  },
  request_malformed: {
    title: 'A requisição não é HTTP legível',
    remedy: 'Veja o que há entre o player e o servidor: a requisição foi danificada ou cortada.',
  },
  rate_exceeded: {
    title: 'Requisições demais',
    remedy:
      'Procure um laço no player. Atrás de um proxy, diga ao servidor para confiar nele; senão todos os players contam como um só cliente. Quem administra o servidor pode aumentar a taxa.',
  },
  sessions_too_many: {
    title: 'Há sessões abertas demais',
    remedy:
      'Comece de novo mais tarde. Quem administra o servidor pode aumentar o limite se houver memória, ou dividir a carga.',
  },
  memory_short: {
    title: 'Falta memória',
    remedy: 'Comece de novo mais tarde. Quem administra o servidor deve ver a memória que ele recebe.',
  },
  server_busy: {
    title: 'O servidor está sobrecarregado',
    remedy: 'Envie de novo mais tarde, e o corpo sem pausas. O disco do servidor pode estar lento.',
  },
  connections_too_many: {
    title: 'Conexões demais',
    remedy: 'Conecte-se mais tarde; mantenha uma conexão aberta em vez de muitas.',
  },
  log_unavailable: {
    title: 'No momento não é possível gravar eventos',
    remedy: 'Envie de novo mais tarde. Quem administra o servidor deve ver o disco e as mensagens dele.',
  },
  log_full: {
    title: 'No momento não há espaço para eventos',
    remedy:
      'Envie de novo mais tarde: o servidor volta sozinho a aceitar eventos assim que há espaço. Quem o administra deve ver o disco e o armazenamento.',
  },
  store_unavailable: {
    title: 'No momento não é possível ler relatórios',
    remedy: 'Peça de novo daqui a pouco. `/readyz` diz como está o armazenamento.',
  },
  listeners_too_many: {
    title: 'Gente demais olha a visão ao vivo',
    remedy: 'Feche um painel que ninguém olha e peça de novo.',
  },
  internal: {
    title: 'O servidor falhou',
    remedy: 'Envie de novo mais tarde e relate a falha se ela persistir.',
  },
}
