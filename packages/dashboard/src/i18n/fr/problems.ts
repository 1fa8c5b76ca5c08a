import type { ProblemTexts } from '../codeText.ts'

/** What a request is refused for, and how to mend it, in French. */
export const fr: ProblemTexts = {
  body_not_object: {
    title: 'Le corps n’est pas un objet',
    remedy: 'Envoyez un seul événement par requête, sous forme d’objet JSON.',
  },
  missing_member: {
    title: 'Un membre obligatoire manque',
    remedy:
      'Ajoutez-le ; si vous pensez l’envoyer, cherchez une faute de frappe. Sous la politique lenient, seuls eventType et playerTime sont obligatoires.',
  },
  unknown_member: {
    title: 'Un membre n’existe pas',
    remedy: 'Placez les paramètres dans params, vos propres données dans customMetadata, ou corrigez le nom.',
  },
  unknown_key: {
    title: 'Une clé n’est pas connue pour cet événement',
    remedy:
      'Corrigez-la, déplacez-la vers l’événement qui la possède, ou envoyez-la dans customMetadata. Les politiques documented et lenient acceptent et conservent de telles clés.',
  },
  wrong_type: {
    title: 'Une valeur n’a pas le bon type',
    remedy: 'Envoyez le type documenté. Omettez un membre sans valeur au lieu d’envoyer null.',
  },
  number_not_finite: {
    title: 'Un nombre est trop grand',
    remedy:
      'Cherchez le dépassement dans le lecteur, souvent une division par zéro, et omettez la valeur en attendant.',
  },
  value_not_allowed: {
    title: 'Une valeur n’est pas autorisée',
    remedy: 'Envoyez l’une des valeurs attendues qui sont indiquées.',
  },
  unknown_event_type: {
    title: 'Ce type d’événement n’existe pas',
    remedy:
      'Utilisez l’un des noms attendus. La fin d’une mise en tampon, d’un saut ou d’un blocage est play.',
  },
  event_type_not_allowed: {
    title: 'Ce type d’événement relève de l’autre point d’accès',
    remedy: 'Envoyez sessionStart à /api/v1/sessions, et la suite à /api/v1/sessions/{sid}/events.',
  },
  ts_seconds: {
    title: 'L’horodatage n’est pas en millisecondes',
    remedy:
      'Envoyez des millisecondes depuis 1970-01-01 UTC : Date.now() en JavaScript, ailleurs les secondes multipliées par 1000.',
  },
  ts_too_large: {
    title: 'L’horodatage est trop grand',
    remedy: 'Envoyez des millisecondes depuis 1970-01-01 UTC.',
  },
  playhead_out_of_range: {
    title: 'La tête de lecture est hors du contenu',
    remedy:
      'Envoyez des secondes : la position dans un contenu enregistré, la seconde du jour (UTC) dans un direct. Vérifiez media.length et media.contentType.',
  },
  metadata_key_invalid: {
    title: 'Une clé de métadonnées contient un caractère non autorisé',
    remedy: 'Remplacez les autres caractères, par exemple par un tiret bas.',
  },
  state_name_invalid: {
    title: 'Le nom d’un état du lecteur n’est pas valide',
    remedy:
      'Utilisez un nom standard (fullScreen, mute, closedCaptioning, pictureInPicture, inFocus), ou raccourcissez et nettoyez le vôtre.',
  },
  states_empty: {
    title: 'Un statesUpdate sans aucun état',
    remedy: 'Mettez dans les listes les états qui ont changé, ou n’envoyez pas l’événement.',
  },
  downloaded_needs_array: {
    title: 'Un contenu téléchargé s’envoie en tableau',
    remedy:
      'Omettez media.downloaded (ou envoyez false) tant que le spectateur est en ligne. Envoyez une session téléchargée en entier, comme liste de ses événements.',
  },
  body_not_array: {
    title: 'Une session téléchargée est une liste',
    remedy: 'Envoyez tous les événements de la session dans un seul tableau, sessionStart en premier.',
  },
  download_empty: {
    title: 'La liste d’événements est vide',
    remedy: 'Envoyez tous les événements de la session dans un seul tableau, sessionStart en premier.',
  },
  download_not_flagged: {
    title: 'Une liste qui n’est pas déclarée session téléchargée',
    remedy: 'Mettez media.downloaded à true, ou envoyez le tableau à `/api/v1/downloaded`.',
  },
  body_empty: {
    title: 'Il n’y a pas de corps',
    remedy: 'Envoyez l’événement en JSON dans le corps du POST.',
  },
  body_not_json: {
    title: 'Le corps n’est pas du JSON',
    remedy: 'Laissez une bibliothèque JSON écrire le corps.',
  },
  body_not_utf8: { title: 'Le corps n’est pas en UTF-8', remedy: 'Encodez le corps en UTF-8.' },
  body_too_deep: {
    title: 'Le corps est trop imbriqué',
    remedy: 'Envoyez des valeurs simples : params, qoeData et customMetadata n’ont qu’un niveau.',
  },
  keys_too_many: {
    title: 'Un objet a trop de clés',
    remedy:
      'Envoyez ce qui sert aux rapports. Une clé faite d’une valeur qui change doit devenir une valeur.',
  },
  key_too_long: {
    title: 'Une clé est trop longue',
    remedy: 'Raccourcissez-la. Une clé qui contient un texte ou une URL semble être une valeur.',
  },
  text_too_long: {
    title: 'Un texte est trop long',
    remedy: 'Raccourcissez-le ou omettez-le : une image ou un document n’est pas une valeur de rapport.',
  },
  key_repeated: {
    title: 'Un objet a deux fois la même clé',
    remedy:
      'Envoyez chaque clé une seule fois. Une bibliothèque JSON le fait ; cherchez un texte assemblé à la main.',
  },
  body_too_large: {
    title: 'Le corps est trop volumineux',
    remedy: 'Réduisez customMetadata ; l’administrateur du serveur peut relever la limite.',
  },
  encoding_unsupported: {
    title: 'Le corps est compressé d’une manière non prise en charge',
    remedy:
      'Compressez le corps une seule fois, avec gzip, deflate ou br, ou envoyez-le sans Content-Encoding.',
  },
  encoding_broken: {
    title: 'Le corps compressé est endommagé',
    remedy: 'Compressez tout le corps comme l’indique Content-Encoding, ou envoyez-le sans Content-Encoding.',
  },
  events_too_many: {
    title: 'La liste a trop d’événements',
    remedy: 'Envoyez une liste par session, et cherchez une boucle dans le lecteur.',
  },
  session_unknown: {
    title: 'La session est inconnue',
    remedy:
      'Ouvrez une nouvelle session par sessionStart et envoyez-y les événements. Reprenez l’identifiant de l’en-tête Location tel quel.',
  },
  session_closed: {
    title: 'La session est terminée',
    remedy:
      'Ouvrez une nouvelle session par sessionStart ; mettez media.resume à true quand le spectateur reprend.',
  },
  session_too_long: {
    title: 'La session a trop d’événements',
    remedy:
      'Ouvrez une nouvelle session par sessionStart avec media.resume à true, et cherchez une boucle dans le lecteur.',
  },
  org_not_allowed: {
    title: 'Cette organisation n’est pas acceptée ici',
    remedy: 'Corrigez l’identifiant ; ou l’administrateur du serveur l’ajoute à `PLAYHEAD_COLLECT_ORG_IDS`.',
  },
  report_suite_not_allowed: {
    title: 'Cette suite de rapports n’est pas acceptée ici',
    remedy: 'Corrigez le nom ; ou l’administrateur du serveur l’ajoute à `PLAYHEAD_COLLECT_REPORT_SUITES`.',
  },
  origin_not_allowed: {
    title: 'Les pages de cette origine ne sont pas acceptées ici',
    remedy: 'L’administrateur du serveur ajoute l’origine de la page à `PLAYHEAD_COLLECT_ORIGINS`.',
  },
  token_missing: {
    title: 'Un jeton est nécessaire',
    remedy: 'Envoyez `Authorization: Bearer TOKEN`, ou connectez-vous au tableau de bord.',
  },
  token_invalid: {
    title: 'Le jeton n’est pas valable',
    remedy:
      'Demandez un jeton à l’administrateur du serveur : `playhead token list` nomme ceux qui existent.',
  },
  tokens_too_many: {
    title: 'Trop de jetons erronés',
    remedy:
      'Cherchez ce qui continue d’envoyer un ancien jeton, et attendez le temps indiqué par `Retry-After`.',
  },
  scope_insufficient: {
    title: 'Le jeton ne va pas aussi loin',
    remedy: 'Utilisez un jeton valable pour toutes les suites de rapports.',
  },
  path_unknown: {
    title: 'Il n’y a rien à ce chemin',
    remedy:
      'Comparez le chemin avec la référence de l’API ; un chemin de base doit être réglé des deux côtés.',
  },
  method_not_allowed: {
    title: 'La méthode n’est pas autorisée ici',
    remedy: 'Utilisez une méthode nommée par l’en-tête Allow de la réponse.',
  },
  schema_unknown: {
    title: 'Ce schéma n’existe pas',
    remedy: 'Demandez l’un des types d’événement de la référence.',
  },
  query_invalid: {
    title: 'Un paramètre de la requête n’est pas valide',
    remedy: 'Corrigez le paramètre que nomme le message.',
  },
  report_id_unknown: {
    title: 'Cette mesure, cette dimension ou ce segment n’existe pas',
    remedy: 'Prenez les identifiants de `GET /reporting/v1/catalog`.',
  },
  report_mismatch: {
    title: 'Ce qui est demandé ne va pas ensemble',
    remedy: 'Retirez l’un des deux, ou demandez-les dans deux rapports.',
  },
  range_invalid: {
    title: 'La période n’est pas valide',
    remedy: 'Corrigez ce que désigne le pointeur, ou prenez des intervalles plus longs.',
  },
  report_too_large: {
    title: 'Le rapport est trop volumineux',
    remedy: 'Prenez une période plus courte, moins de dimensions, un filtre ou une limite plus basse.',
  },
  report_timeout: {
    title: 'Le rapport prend trop de temps',
    remedy:
      'Prenez une période plus courte ou moins de dimensions, ou redemandez-le quand le serveur est moins occupé.',
  },
  reports_too_many: {
    title: 'Trop de rapports à la fois',
    remedy: 'Attendez les réponses aux rapports déjà demandés, puis redemandez-le.',
  },
  request_malformed: {
    title: 'La requête n’est pas du HTTP lisible',
    remedy: 'Examinez ce qui se trouve entre le lecteur et le serveur : la requête a été abîmée ou coupée.',
  },
  rate_exceeded: {
    title: 'Trop de requêtes',
    remedy:
      'Cherchez une boucle dans le lecteur. Derrière un proxy, dites au serveur de lui faire confiance, sinon tous les lecteurs comptent pour un seul client. L’administrateur du serveur peut relever le débit.',
  },
  sessions_too_many: {
    title: 'Trop de sessions sont ouvertes',
    remedy:
      'Recommencez plus tard. L’administrateur du serveur peut relever la limite si la mémoire suffit, ou répartir la charge.',
  },
  memory_short: {
    title: 'La mémoire manque',
    remedy:
      'Recommencez plus tard. L’administrateur du serveur devrait vérifier la mémoire qui lui est donnée.',
  },
  server_busy: {
    title: 'Le serveur est débordé',
    remedy: 'Renvoyez plus tard, et le corps sans interruptions. Le disque du serveur est peut-être lent.',
  },
  connections_too_many: {
    title: 'Trop de connexions',
    remedy: 'Reconnectez-vous plus tard ; gardez une connexion ouverte plutôt que beaucoup.',
  },
  log_unavailable: {
    title: 'Les événements ne peuvent pas être enregistrés pour le moment',
    remedy: 'Renvoyez plus tard. L’administrateur du serveur devrait examiner son disque et ses messages.',
  },
  log_full: {
    title: 'Il n’y a pas de place pour les événements pour le moment',
    remedy:
      'Renvoyez plus tard : le serveur accepte de nouveau les événements dès qu’il y a de la place. Son administrateur devrait examiner le disque et le stockage.',
  },
  store_unavailable: {
    title: 'Les rapports ne peuvent pas être lus pour le moment',
    remedy: 'Redemandez dans un instant. `/readyz` indique l’état du stockage.',
  },
  listeners_too_many: {
    title: 'Trop de personnes regardent la vue en direct',
    remedy: 'Fermez un tableau de bord que personne ne regarde, et redemandez.',
  },
  internal: {
    title: 'Le serveur a échoué',
    remedy: 'Renvoyez plus tard, et signalez l’erreur si elle persiste.',
  },
}
