import type { WarningTexts } from '../codeText.ts'

/** What can be odd about an event, and how to mend it, in French. */
export const fr: WarningTexts = {
  duplicate_event: {
    title: 'Le même événement, avec le même corps, était déjà arrivé ; il a été compté une fois.',
    remedy:
      'Sans gravité si le lecteur répète ce qui n’a pas eu de réponse ; sinon, cherchez un écouteur attaché deux fois.',
  },
  start_repeated: {
    title:
      'Le même sessionStart était arrivé du même client dans la dernière minute, et sa session n’avait encore aucun événement : la réponse a donné cette session, qui est comptée une fois.',
    remedy:
      'La réponse au premier s’est perdue ou a tardé. Si cela se répète, regardez le réseau et le temps pendant lequel le lecteur attend une réponse.',
  },
  event_before_start: {
    title: 'D’après ts, l’événement est antérieur au début de sa session, et n’a rien changé.',
    remedy:
      'Videz la file d’événements à la fin d’une lecture : ceux-ci semblent venir d’une lecture précédente.',
  },
  event_after_close: {
    title:
      'L’événement est arrivé après la fermeture de la session, ou a eu lieu après son sessionEnd, et n’a rien changé.',
    remedy:
      'N’envoyez rien après sessionEnd ; après une expiration, ouvrez une nouvelle session avec media.resume à true.',
  },
  clock_offset: {
    title:
      'L’horloge de l’appareil est décalée de plus de cinq minutes : le ts du début est aussi loin de son arrivée, ou une liste téléchargée finit aussi longtemps après son envoi.',
    remedy:
      'Les durées restent justes. Soit l’horloge de l’appareil est fausse, soit le début a attendu dans une file.',
  },
  clock_backwards: {
    title:
      'Le ts de l’événement précède le temps d’avant, de cette durée : l’événement est arrivé en retard, ou l’horloge de l’appareil a été reculée.',
    remedy:
      'Prenez ts au moment de l’événement, d’une horloge que personne ne règle pendant une session. Après un recul de l’horloge, le temps est compté une fois d’arrivée en arrivée, puis selon la nouvelle horloge.',
  },
  clock_forwards: {
    title:
      'Selon l’horloge de l’appareil, il s’est écoulé d’autant plus de temps que ce qu’a vu le serveur. Un pas plus long que le délai d’inactivité ne compte pas, ni ce qui rendrait la session plus longue que les arrivées de ses événements et ce délai.',
    remedy:
      'Prenez ts d’une horloge que personne ne règle pendant une session, ou ouvrez une nouvelle session quand elle a été réglée ou quand l’appareil se réveille. Des événements qui ont attendu dans une file, avec un trou entre eux, ont aussi cet aspect.',
  },
  equal_ts: {
    title:
      'L’événement a le ts du précédent ; les événements d’un même instant sont pris dans l’ordre qui les emboîte : ce qui finit, ce qui commence, ce qui joue.',
    remedy:
      'Les SDK média le font aussi, et aucun chiffre n’en souffre. Là où l’ordre compte, ajoutez une milliseconde.',
  },
  ping_gap: {
    title:
      'Plus de 90 secondes ont passé depuis l’événement précédent ; tout a été compté pour ce qui se passait alors.',
    remedy:
      'Envoyez un ping toutes les 10 secondes, aussi pendant une pause. Les appareils en veille et les onglets en arrière-plan laissent de tels trous.',
  },
  play_missing: {
    title:
      'La tête de lecture a avancé sans play, au début ou après une pause ou une mise en tampon : ce temps n’est pas compté comme lu.',
    remedy:
      'Envoyez play quand le contenu principal commence à être lu, aussi en lecture automatique, et chaque fois qu’il reprend.',
  },
  length_too_long: {
    title:
      'Une durée dépasse une semaine : elle semble être en millisecondes, ou être un horodatage. Les chiffres l’utilisent telle qu’elle a été envoyée.',
    remedy:
      'Envoyez media.length, media.ad.length et media.chapter.length en secondes ; pour un direct de durée inconnue, 86400.',
  },
  playhead_beyond_length: {
    title: 'La tête de lecture a dépassé media.length.',
    remedy:
      'Les deux sont en secondes du contenu principal, sans les publicités. Vérifiez la durée, et ce que compte la tête de lecture.',
  },
  playhead_in_milliseconds: {
    title: 'La tête de lecture dépasse dix fois media.length : elle semble être en millisecondes.',
    remedy:
      'La tête de lecture est en secondes, avec une fraction si vous voulez ; seul ts est en millisecondes.',
  },
  playhead_in_unix_time: {
    title:
      'La tête de lecture du direct est une heure Unix : son mouvement est pris tel quel, sa position comme la seconde du jour.',
    remedy: 'Envoyez les secondes depuis minuit UTC.',
  },
  playhead_leap: {
    title:
      'La tête de lecture a sauté pendant la lecture du contenu, en avant ou en arrière ; seul ce qui a été lu compte comme vu.',
    remedy: 'Annoncez un saut : pauseStart quand il commence, play quand il est fait.',
  },
  playhead_stuck: {
    title:
      'La tête de lecture est restée immobile pendant trois événements alors que le contenu était dit en lecture : c’est un blocage.',
    remedy:
      'Envoyez bufferStart quand le lecteur attend des données, et pauseStart quand le spectateur met en pause.',
  },
  stall_limit: {
    title:
      'Plus de 100 événements, ou 16 chapitres, sont arrivés en deux secondes alors que la tête de lecture était immobile : ce temps compte comme lu.',
    remedy:
      'Envoyez un ping toutes les 10 secondes et un événement quand il se passe quelque chose : cherchez une boucle dans le lecteur.',
  },
  complete_twice: {
    title: 'La session était déjà complétée ; cela compte une fois.',
    remedy: 'Envoyez sessionComplete une seule fois, quand le contenu principal a été vu jusqu’au bout.',
  },
  ad_outside_break: {
    title:
      'Une publicité a commencé hors de tout écran publicitaire : ce n’en est pas une, et son temps est du contenu principal.',
    remedy:
      'Envoyez adBreakStart avant la première publicité et adBreakComplete après la dernière, même pour une seule.',
  },
  ad_not_ended: {
    title:
      'Une publicité s’est terminée autrement que par adComplete ou adSkip, ou par rien ; elle ne compte pas comme terminée.',
    remedy:
      'Envoyez adComplete quand une publicité a été vue jusqu’au bout, adSkip quand elle a été quittée.',
  },
  ad_never_ended: {
    title:
      'La publicité est ouverte depuis plus longtemps qu’elle ne dure, et la tête de lecture a avancé de plus de 10 secondes depuis : le contenu semble jouer, et compte comme publicité.',
    remedy:
      'Envoyez adComplete, adSkip ou adBreakComplete quand une publicité est finie, aussi quand elle échoue.',
  },
  ad_end_without_ad: {
    title: 'Une publicité a été terminée alors qu’aucune n’était ouverte ; cela n’a rien changé.',
    remedy:
      'Envoyez adStart quand une publicité commence ; vérifiez que le lecteur ne la termine pas deux fois.',
  },
  ad_id_empty: {
    title: 'La publicité n’a pas d’identifiant : les rapports par publicité l’omettent.',
    remedy: 'Mettez dans media.ad.id le nom que votre serveur publicitaire donne à la publicité.',
  },
  break_not_ended: {
    title:
      'Un écran publicitaire était encore ouvert quand le suivant a commencé ou que la session s’est terminée ; ses publicités comptent quand même.',
    remedy: 'Envoyez adBreakComplete quand la dernière publicité d’un écran est finie.',
  },
  break_end_without_break: {
    title: 'Un écran publicitaire a été terminé alors qu’aucun n’était ouvert ; cela n’a rien changé.',
    remedy:
      'Envoyez adBreakStart quand un écran commence ; vérifiez que le lecteur ne le termine pas deux fois.',
  },
  chapter_not_ended: {
    title:
      'Un chapitre était encore ouvert quand le suivant a commencé ou que la session s’est terminée ; il ne compte pas comme terminé.',
    remedy:
      'Envoyez chapterComplete quand un chapitre a été vu jusqu’au bout, chapterSkip quand il a été quitté. Les chapitres ne se chevauchent pas.',
  },
  chapter_end_without_chapter: {
    title: 'Un chapitre a été terminé alors qu’aucun n’était ouvert ; cela n’a rien changé.',
    remedy:
      'Envoyez chapterStart quand un chapitre commence ; vérifiez que le lecteur ne le termine pas deux fois.',
  },
  bitrate_in_bps: {
    title:
      'Le débit dépasse 100000, ou 10000 pour l’audio : on attend des kilobits par seconde, et ceux-ci semblent être des bits. Il est laissé de côté.',
    remedy: 'Divisez par 1000.',
  },
  bitrate_missing: {
    title: 'Un bitrateChange sans débit : il compte comme un changement, le débit reste le même.',
    remedy: 'Mettez la nouvelle valeur dans qoeData, sous media.qoe.bitrate.',
  },
  time_to_start_in_seconds: {
    title:
      'Le délai de démarrage est inférieur à 50 : il est lu en millisecondes, et semble être en secondes.',
    remedy: 'Multipliez par 1000.',
  },
  time_to_start_too_long: {
    title: 'Le temps de démarrage dépasse de plus d’une minute l’âge de la session ; il est laissé de côté.',
    remedy:
      'Envoyez les millisecondes entre le souhait du spectateur et la première image, pas un horodatage ni l’âge d’une page en arrière-plan.',
  },
  quality_out_of_range: {
    title:
      'Une valeur de qualité est inférieure à 0, ou au-delà de ce qu’un lecteur peut mesurer ; elle est laissée de côté.',
    remedy:
      'N’envoyez pas de valeur tant qu’elle n’est pas connue. Les images par seconde vont jusqu’à 1000, les images perdues jusqu’à 100000000.',
  },
  error_without_id: {
    title: 'Une erreur sans identifiant : elle compte, mais rien ne dit laquelle c’était.',
    remedy: 'Mettez-le dans params sous media.errorId, ou dans qoeData sous media.qoe.errorID.',
  },
  error_limit: {
    title:
      'La session a déjà 100 identifiants d’erreur différents, ou 8 KB d’identifiants : l’erreur compte, son identifiant n’est pas listé.',
    remedy:
      'Nommez le type d’erreur ; un identifiant dont une partie change (une heure, une adresse) est chaque fois un autre.',
  },
  part_limit: {
    title:
      'La session a déjà 10,000 publicités, ou 10,000 chapitres : celle-ci ou celui-ci compte dans la session et n’est pas rapporté à part.',
    remedy:
      'Une journée en contient moins : cherchez dans le lecteur une boucle qui démarre des publicités ou des chapitres.',
  },
  text_clipped: {
    title:
      'Un texte est plus long, ou l’événement en a davantage, que ce qu’une session conserve : les rapports en montrent le début. L’archive l’a en entier.',
    remedy:
      'Gardez les textes sous 1,024 octets, tous ceux d’un démarrage sous 32 KB, et ceux d’une publicité ou d’un chapitre sous 4 KB.',
  },
  warning_limit: {
    title: 'La session a déjà 1,000 avertissements : les suivants sont omis.',
    remedy: 'Corrigez ce que nomment les premiers. `POST /reporting/v1/validate` dit tout d’un événement.',
  },
  state_limit: {
    title: 'La session avait déjà dix états du lecteur différents ; celui-ci est omis.',
    remedy: 'Nommez les états qui importent ; un nom dont une partie change crée chaque fois un nouvel état.',
  },
  state_end_without_start: {
    title: 'Un état du lecteur a été terminé alors qu’il n’était pas actif ; cela n’a rien changé.',
    remedy:
      'Envoyez stateStart quand le lecteur entre dans un état ; une nouvelle session commence avec tous les états inactifs.',
  },
  content_id_empty: {
    title: 'La session n’a pas d’identifiant de contenu : les rapports par contenu l’omettent.',
    remedy: 'Mettez dans media.id le nom que votre catalogue donne au contenu.',
  },
}
