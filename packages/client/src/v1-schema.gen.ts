// Made of the OpenAPI document by packages/client/generate; not to be changed by hand.

export interface paths {
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages, newest first.
         * @description Los mensajes, los más nuevos primero.
         *
         *     Permiso · scope: `messages:read`
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message: stored and paid for when this answers.
         * @description Envía un mensaje: cuando esto responde ya está guardado y cobrado.
         *
         *     Permiso · scope: `messages:write`
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send up to 1,000 messages, each answered by itself.
         * @description Envía hasta 1.000 mensajes, cada uno con su propia respuesta.
         *
         *     Permiso · scope: `messages:write`
         */
        post: operations["sendBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what would be sent and what it would cost; nothing is stored.
         * @description Dice qué se enviaría y cuánto costaría; no guarda nada.
         *
         *     Permiso · scope: `messages:write`
         */
        post: operations["dryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A message as it stands.
         * @description Un mensaje como está.
         *
         *     Permiso · scope: `messages:read`
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a message that has not left yet; it is refunded.
         * @description Anula un mensaje que aún no ha salido; se devuelve su precio.
         *
         *     Permiso · scope: `messages:write`
         */
        post: operations["cancelMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The flight recorder: every step with its time, money, codes and webhook attempts.
         * @description La caja negra: cada paso con su hora, dinero, códigos y llamadas a su webhook.
         *
         *     Permiso · scope: `messages:read`
         */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file, to be sent by its id.
         * @description Sube un archivo, para enviarlo por su id.
         *
         *     Permiso · scope: `media:write`
         */
        post: operations["uploadMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of an uploaded file.
         * @description Qué se sabe de un archivo subido.
         *
         *     Permiso · scope: `media:write`
         */
        get: operations["getMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Templates, newest first.
         * @description Las plantillas, las más nuevas primero.
         *
         *     Permiso · scope: `templates:read`
         */
        get: operations["listTemplates"];
        put?: never;
        /**
         * Write a draft; WhatsApp sees it when it is submitted.
         * @description Escribe un borrador; WhatsApp lo ve cuando se envía a aprobación.
         *
         *     Permiso · scope: `templates:write`
         */
        post: operations["createTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What WhatsApp would refuse or mind in a template; nothing is stored.
         * @description Qué rechazaría o no le gustaría a WhatsApp de una plantilla; no guarda nada.
         *
         *     Permiso · scope: `templates:read`
         */
        post: operations["lintTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read all templates of a project from WhatsApp now.
         * @description Lee ya todas las plantillas de un proyecto en WhatsApp.
         *
         *     Permiso · scope: `templates:write`
         */
        post: operations["syncTemplates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A template as it stands.
         * @description Una plantilla como está.
         *
         *     Permiso · scope: `templates:read`
         */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        /**
         * Delete a template, or every language of its name, here and at WhatsApp.
         * @description Borra una plantilla, o todos los idiomas de su nombre, aquí y en WhatsApp.
         *
         *     Permiso · scope: `templates:write`
         */
        delete: operations["deleteTemplate"];
        options?: never;
        head?: never;
        /**
         * Write another content; WhatsApp's stays in use until this is submitted.
         * @description Escribe otro contenido; el de WhatsApp sigue en uso hasta que este se envíe.
         *
         *     Permiso · scope: `templates:write`
         */
        patch: operations["changeTemplate"];
        trace?: never;
    };
    "/v1/templates/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lint a draft or an edit and hand it to WhatsApp for review.
         * @description Revisa un borrador o una edición y lo envía a WhatsApp para su aprobación.
         *
         *     Permiso · scope: `templates:write`
         */
        post: operations["submitTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A template as a telephone shows it, and what it costs.
         * @description La plantilla como la muestra un teléfono, y lo que cuesta.
         *
         *     Permiso · scope: `templates:read`
         */
        post: operations["previewTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}/category-decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept or reject the dearer category that WhatsApp moved a template to.
         * @description Acepta o rechaza la categoría más cara a la que WhatsApp pasó una plantilla.
         *
         *     Permiso · scope: `templates:write`
         */
        post: operations["decideTemplateCategory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A template's history, newest first.
         * @description La historia de una plantilla, lo más nuevo primero.
         *
         *     Permiso · scope: `templates:read`
         */
        get: operations["listTemplateChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The balance.
         * @description El saldo.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["getWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Movements of money, newest first.
         * @description Los movimientos de dinero, los más nuevos primero.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["listLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The statement as CSV, newest first.
         * @description El extracto en CSV, lo más nuevo primero.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["exportLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Months that are closed, newest first.
         * @description Los meses cerrados, los más nuevos primero.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["listStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A month's statement; a closed month is the same document every time.
         * @description El extracto de un mes; el de un mes cerrado es siempre el mismo documento.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements/{month}/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as CSV.
         * @description Lo mismo en CSV.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["exportStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every address, oldest first.
         * @description Todas las direcciones, la más antigua primero.
         *
         *     Permiso · scope: `webhooks:read`
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Add an address; its signing secret is shown this once.
         * @description Agrega una dirección; su secreto de firma se muestra esta única vez.
         *
         *     Permiso · scope: `webhooks:write`
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An address and how it is doing.
         * @description Una dirección y cómo le va.
         *
         *     Permiso · scope: `webhooks:read`
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Remove an address; what was on its way to it is given up.
         * @description Quita una dirección; se abandona lo que iba hacia ella.
         *
         *     Permiso · scope: `webhooks:write`
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change an address, its filters, rate or headers; disable or enable it.
         * @description Cambia una dirección, sus sucesos o sus cabeceras; la apaga o la enciende.
         *
         *     Permiso · scope: `webhooks:write`
         */
        patch: operations["changeWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the signing secret; the old one signs as well for a day.
         * @description Cambia el secreto de firma; el viejo firma también durante un día.
         *
         *     Permiso · scope: `webhooks:write`
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post a signed test event at once and see the answer.
         * @description Envía ahora un suceso de prueba firmado y muestra la respuesta.
         *
         *     Permiso · scope: `webhooks:write`
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post a range of finished deliveries once more.
         * @description Envía otra vez las entregas terminadas de un periodo.
         *
         *     Permiso · scope: `webhooks:write`
         */
        post: operations["replayWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was posted to an address, newest first.
         * @description Lo que se entregó a una dirección, lo más nuevo primero.
         *
         *     Permiso · scope: `webhooks:read`
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One delivery.
         * @description Una entrega.
         *
         *     Permiso · scope: `webhooks:read`
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every call that was made for a delivery, with the answer, oldest first.
         * @description Cada llamada que se hizo por una entrega, con su respuesta, la más antigua primero.
         *
         *     Permiso · scope: `webhooks:read`
         */
        get: operations["listWebhookAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post one delivery once more, under the same webhook-id.
         * @description Envía una entrega otra vez, con el mismo webhook-id.
         *
         *     Permiso · scope: `webhooks:write`
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The next events after a cursor, oldest first; waits for them when asked to.
         * @description Los sucesos que siguen a un cursor, el más antiguo primero; espera por ellos si se le pide.
         *
         *     Permiso · scope: `events:read`
         */
        get: operations["pullEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contacts, newest first; the one that has a number or an id.
         * @description Los contactos, los más nuevos primero; o el que tiene un número o un identificador.
         *
         *     Permiso · scope: `contacts:read`
         */
        get: operations["listContacts"];
        put?: never;
        /**
         * Make a contact; refused when one of its numbers is another contact's.
         * @description Crea un contacto; se niega si uno de sus números es de otro.
         *
         *     Permiso · scope: `contacts:write`
         */
        post: operations["createContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A contact; one that was merged names the contact that it is part of.
         * @description Un contacto; el que fue unido a otro nombra al contacto del que es parte.
         *
         *     Permiso · scope: `contacts:read`
         */
        get: operations["getContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a contact's name, language, numbers, fields or labels.
         * @description Cambia nombre, idioma, números, campos o etiquetas de un contacto.
         *
         *     Permiso · scope: `contacts:write`
         */
        patch: operations["changeContact"];
        trace?: never;
    };
    "/v1/contacts/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make another contact part of this one; it can be undone.
         * @description Hace a otro contacto parte de este; se puede deshacer.
         *
         *     Permiso · scope: `contacts:write`
         */
        post: operations["mergeContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take this contact out of the one that it was merged into.
         * @description Saca este contacto del que lo contiene.
         *
         *     Permiso · scope: `contacts:write`
         */
        post: operations["unmergeContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversations, those whose person wrote last first.
         * @description Las conversaciones, primero aquella cuya persona escribió de última.
         *
         *     Permiso · scope: `conversations:read`
         */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A conversation as it stands.
         * @description Una conversación como está.
         *
         *     Permiso · scope: `conversations:read`
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Resolve, snooze or reopen a conversation.
         * @description Resuelve, pospone o reabre una conversación.
         *
         *     Permiso · scope: `conversations:write`
         */
        patch: operations["changeConversation"];
        trace?: never;
    };
    "/v1/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said between its person and its number, from either end.
         * @description Lo que se dijeron la persona y el número, desde cualquiera de los dos extremos.
         *
         *     Permiso · scope: `conversations:read`
         */
        get: operations["listThread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note that a conversation was read.
         * @description Anota que una conversación fue leída.
         *
         *     Permiso · scope: `conversations:write`
         */
        post: operations["markConversationRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that the account has about one person, as one document.
         * @description Todo lo que la cuenta tiene de una persona, en un documento.
         *
         *     Permiso · scope: `contacts:export`
         */
        get: operations["exportPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase one person's data; goes on by itself until it is done. Cannot be undone.
         * @description Suprime los datos de una persona; sigue sola hasta terminar. No se puede deshacer.
         *
         *     Permiso · scope: `contacts:erase`
         */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an erasure has come.
         * @description Hasta dónde ha llegado una supresión.
         *
         *     Permiso · scope: `contacts:erase`
         */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/caps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caps by day that your operator or your own people set, and what of them is used.
         * @description Los topes diarios que fijó su operador, y cuánto va usado.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["listCaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Campaigns with their counts, newest first.
         * @description Las campañas con sus cuentas, las más nuevas primero.
         *
         *     Permiso · scope: `messages:read`
         */
        get: operations["listCampaigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A campaign with its counts.
         * @description Una campaña con sus cuentas.
         *
         *     Permiso · scope: `messages:read`
         */
        get: operations["getCampaign"];
        /**
         * Set the limits of a campaign, which is made if there is none of that name.
         * @description Fija los límites de una campaña, que se crea si no existe.
         *
         *     Permiso · scope: `messages:write`
         */
        put: operations["setCampaign"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/balance-alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every alert, the lowest first.
         * @description Todas las alertas, la más baja primero.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["listBalanceAlerts"];
        put?: never;
        /**
         * Be told when the balance falls below an amount.
         * @description Avisa cuando el saldo baja de una cantidad.
         *
         *     Permiso · scope: `wallet:write`
         */
        post: operations["createBalanceAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/balance-alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An alert and whether it has fired.
         * @description Una alerta, y si ya avisó.
         *
         *     Permiso · scope: `wallet:read`
         */
        get: operations["getBalanceAlert"];
        put?: never;
        post?: never;
        /**
         * Remove an alert.
         * @description Quita una alerta.
         *
         *     Permiso · scope: `wallet:write`
         */
        delete: operations["deleteBalanceAlert"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opt-outs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is not sent marketing by a project, in the order of their numbers.
         * @description A quién no le envía promociones un proyecto, por orden de número.
         *
         *     Permiso · scope: `contacts:read`
         */
        get: operations["listOptOuts"];
        put?: never;
        /**
         * List up to 10,000 people.
         * @description Pone en la lista hasta 10.000 personas.
         *
         *     Permiso · scope: `contacts:write`
         */
        post: operations["addOptOuts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opt-outs/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List up to 10,000 people of a CSV (mobile, note) or a JSON list.
         * @description Pone en la lista hasta 10.000 personas de un CSV (mobile, note) o de una lista JSON.
         *
         *     Permiso · scope: `contacts:write`
         */
        post: operations["importOptOuts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opt-outs/{mobile}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a person is on the list, and why.
         * @description Si una persona está en la lista, y por qué.
         *
         *     Permiso · scope: `contacts:read`
         */
        get: operations["checkOptOut"];
        put?: never;
        post?: never;
        /**
         * Take a person off the list, when the person asked for it.
         * @description Saca a una persona de la lista, cuando ella lo pidió.
         *
         *     Permiso · scope: `contacts:write`
         */
        delete: operations["removeOptOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opt-out-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The words that list a person, and what is answered.
         * @description Las palabras que ponen a una persona en la lista, y lo que se responde.
         *
         *     Permiso · scope: `contacts:read`
         */
        get: operations["getOptOutRules"];
        /**
         * Set the words that list a person, and what is answered.
         * @description Fija las palabras que ponen a una persona en la lista, y lo que se responde.
         *
         *     Permiso · scope: `contacts:write`
         */
        put: operations["setOptOutRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        BalanceAlert: {
            id: string;
            /** @description A decimal with a point, such as 125.50; never a float. */
            threshold: string;
            /** @description Once the balance has reached it, the alert can fire again. */
            rearm_at: string;
            /** @description Posts balance.low to the endpoints that name it. */
            webhook: boolean;
            emails: string[];
            /** @enum {string} */
            language: "es" | "en";
            /** @enum {string} */
            state: "armed" | "fired";
            fired_at: string | null;
            fired_balance: string | null;
            /** @description ISO 8601, UTC. */
            created_at: string;
        };
        BalanceAlertList: {
            items: components["schemas"]["BalanceAlert"][];
        };
        BatchAnswer: {
            accepted: number;
            refused: number;
            answers: ({
                /** @constant */
                status: 202;
                message: components["schemas"]["Message"];
                replayed: boolean;
            } | {
                status: number;
                problem: components["schemas"]["Problem"];
            })[];
        };
        BatchItem: {
            /** @description Digits, country code first, without +: 573001234567. */
            mobile: string;
            /** @description The project to send from; absent: the template's, else the token's, else the first. */
            project_id?: string;
            template?: components["schemas"]["TemplateChoice"];
            variables?: components["schemas"]["Variables"];
            /** @description Free text, inside the 24-hour window; with media, its caption. */
            text?: string;
            /** @description A file by itself, with text, or for the header of a template or of `interactive`. */
            media?: components["schemas"]["MediaChoice"];
            /** @description Buttons, a list, a link or a request for a location; inside the 24-hour window. */
            interactive?: components["schemas"]["Interactive"];
            /** @description A place; with a template, what its location header shows (name and address too). */
            location?: components["schemas"]["Place"];
            /** @description A contact card. */
            contact?: components["schemas"]["NewContactCard"];
            /** @description An emoji on an earlier message. */
            reaction?: components["schemas"]["Reaction"];
            /** @description The message, yours or the person's, that this one quotes; not with a template. */
            reply_to?: string;
            /** @description With a template: what its quick-reply buttons bring back. */
            button_payloads?: {
                /** @description Its place among all buttons, from 0. */
                button: number;
                payload: string;
            }[];
            /**
             * @description Yours, at most 1,000 characters; comes back with the person's reply.
             * @default
             */
            custom_field?: string;
            /** @description Counted together under this name, in its project; it may have limits of its own. */
            campaign?: string;
            /** @description When the balance does not pay for it: keep it, unpaid, and send it in its turn after a top-up; by its deadline it fails with 5. */
            wait_for_balance?: boolean;
            /**
             * Format: date-time
             * @description Not before then; at most 7 days ahead.
             */
            send_at?: string;
            /** @description Seconds from send_at (or now) until it has reached sent, or is failed and refunded. */
            valid_for_s?: number;
            idempotency_key?: string;
        };
        Campaign: {
            id: string;
            project_id: string;
            name: string;
            messages_max: number | null;
            amount_max: string | null;
            /** @description Messages that were paid for, whatever became of them. */
            accepted: number;
            /** @description Of these, neither failed nor cancelled: what messages_max counts. */
            sent: number;
            failed: number;
            cancelled: number;
            /** @description Paid and not given back: what amount_max counts. */
            spent: string;
            /** @description Paid and given back. */
            refunded: string;
            /** @description ISO 8601, UTC. */
            created_at: string;
            last_accepted_at: string | null;
        };
        CampaignLimits: {
            /** @description Absent: the token's project, else the first. */
            project_id?: string;
            messages_max?: number | null;
            amount_max?: string | null;
        };
        CampaignPage: {
            items: components["schemas"]["Campaign"][];
            next_cursor: string | null;
        };
        Cap: {
            /** @enum {string} */
            scope: "account" | "project";
            project_id: string | null;
            /** @description Whose midnight begins the day. */
            time_zone: string;
            /** @description The day that is counted now, YYYY-MM-DD. */
            day: string;
            messages_max: number | null;
            messages_used: number;
            amount_max: string | null;
            /** @description A decimal with a point, such as 125.50; never a float. */
            amount_used: string;
            /** @description When the next day begins. */
            frees_at: string;
        };
        CapList: {
            items: components["schemas"]["Cap"][];
        };
        CategoryDecision: {
            /** @enum {string} */
            decision: "accept" | "reject";
            /**
             * @description The new category as it was looked at; another one by now is refused.
             * @enum {string}
             */
            category?: "marketing" | "utility" | "authentication";
        };
        CategoryGuard: {
            /**
             * @description waiting: sent up to the project's limit; rejected: stopped.
             * @enum {string}
             */
            state: "waiting" | "rejected";
            /** @enum {string} */
            before: "marketing" | "utility" | "authentication";
            /** @enum {string} */
            now: "marketing" | "utility" | "authentication";
            currency: string;
            prices: {
                country: string;
                /** @description A decimal with a point, such as 125.50; never a float. */
                before: string;
                /** @description A decimal with a point, such as 125.50; never a float. */
                now: string;
            }[];
            /** @description ISO 8601, UTC. */
            at: string;
        };
        ChoiceContent: {
            /** @enum {string} */
            from: "template_button" | "button" | "list" | "flow" | "other";
            /** @description What the sender gave the button or row; null where it gave nothing. */
            id: string | null;
            title: string | null;
            description: string | null;
            /** @description What was filled in, for `flow`; null otherwise. */
            form: unknown;
        };
        Contact: {
            id: string;
            /** @description The number to write to: the one that WhatsApp uses, else the oldest; null: hidden. */
            mobile: string | null;
            addresses: {
                /** @enum {string} */
                kind: "phone" | "whatsapp-user-id";
                value: string;
                /** @description WhatsApp itself names the person so. */
                confirmed: boolean;
            }[];
            /** @description As the account calls the person. */
            name: string | null;
            /** @description As the person calls itself on WhatsApp. */
            profile_name: string | null;
            language: string | null;
            custom_fields: Record<string, never>;
            labels: string[];
            /** @description The contact that it is part of now. */
            merged_into: string | null;
            erased_at: string | null;
            /** @description ISO 8601, UTC. */
            created_at: string;
            /** @description ISO 8601, UTC. */
            updated_at: string;
        };
        ContactCard: {
            name: string;
            first_name: string | null;
            last_name: string | null;
            phones: {
                phone: string;
                type: string | null;
                mobile: string | null;
            }[];
            emails: {
                email: string;
                type: string | null;
            }[];
            organization: string | null;
            title: string | null;
            birthday: string | null;
        };
        ContactChange: {
            /** @description All of its numbers from now on. */
            mobiles?: string[];
            name?: string | null;
            language?: string | null;
            /** @description By key: null takes one away, those not named stay. */
            custom_fields?: {
                [key: string]: (string | number | boolean) | null;
            };
            /** @description All of them from now on. */
            labels?: string[];
        };
        ContactMerge: {
            contact_id: string;
        };
        ContactPage: {
            items: components["schemas"]["Contact"][];
            next_cursor: string | null;
        };
        Conversation: {
            id: string;
            contact_id: string;
            channel_id: string;
            /** @description The project of the message that opened it. */
            project_id: string;
            contact: {
                name: string | null;
                profile_name: string | null;
                mobile: string | null;
                addresses: {
                    /** @enum {string} */
                    kind: "phone" | "whatsapp-user-id";
                    value: string;
                    /** @description WhatsApp itself names the person so. */
                    confirmed: boolean;
                }[];
                labels: string[];
            };
            /** @enum {string} */
            state: "open" | "snoozed" | "resolved";
            /** @description ISO 8601, UTC. */
            opened_at: string;
            snoozed_until: string | null;
            resolved_at: string | null;
            /** @description When the person wrote last, by WhatsApp's time. */
            last_inbound_at: string;
            /** @description Until then free text may be sent. */
            window_expires_at: string;
            unread: number;
            assignee_id: string | null;
            last_message: {
                id: string;
                /** @enum {string} */
                direction: "out" | "in";
                kind: string;
                preview: string;
                status: string;
                /** @description ISO 8601, UTC. */
                at: string;
            } | null;
            /** @description Grows with every change. */
            version: string;
            /** @description ISO 8601, UTC. */
            updated_at: string;
        };
        ConversationChange: {
            /** @enum {string} */
            state: "open" | "snoozed" | "resolved";
            /**
             * Format: date-time
             * @description With snoozed: when it opens by itself; absent: when the person writes.
             */
            snoozed_until?: string;
            /** @description Refuse with conflict if it has changed since. */
            version?: string;
        };
        ConversationPage: {
            items: components["schemas"]["Conversation"][];
            next_cursor: string | null;
        };
        ConversationRead: {
            /** @description Up to and with this message; absent: all of it. */
            message_id?: string;
        };
        CreatedWebhookEndpoint: {
            endpoint: components["schemas"]["WebhookEndpoint"];
            secret: string;
        };
        DryRun: {
            acceptable: boolean;
            /** @description Why it would be refused. */
            problem: components["schemas"]["Problem"] | null;
            project_id: string | null;
            category: ("marketing" | "utility" | "authentication" | "service") | null;
            /** @description As the person would see it. */
            text: string | null;
            /** @description The file, as far as it could be looked at. */
            media: {
                /** @description False only for an address that did not give it. */
                reachable: boolean;
                /** @description By its content: pdf, jpg, … */
                type: string | null;
                bytes: number | null;
            } | null;
            /** @description Whether the person may be sent more than templates; null: not known whom. */
            window: {
                open: boolean;
                /** @description When the person last wrote, in the last 24 hours. */
                last_message_at: string | null;
                closes_at: string | null;
            } | null;
            price: string | null;
            currency: string;
            /** @description A decimal with a point, such as 125.50; never a float. */
            balance: string;
            balance_after: string | null;
            warnings: {
                code: string;
                message: string;
            }[];
        };
        Erasure: {
            id: string;
            /** @enum {string} */
            state: "running" | "done";
            /** @description ISO 8601, UTC. */
            requested_at: string;
            finished_at: string | null;
            /** @description How many rows of what: messages, files, deliveries, posts. */
            erased: Record<string, never>;
        };
        Event: {
            /** @description The same however often it is given: do not do twice what it asks for. */
            id: string;
            /** @description Its number in the account; grows, with gaps. */
            seq: string;
            type: string;
            /** @description ISO 8601, UTC. */
            at: string;
            project_id: string | null;
            message_id: string | null;
            body: Record<string, never>;
        };
        EventPage: {
            items: components["schemas"]["Event"][];
            /** @description Keep it together with what you did about the events. */
            cursor: string;
            /** @description More is there already: do not wait. */
            has_more: boolean;
        };
        InboundFile: {
            kind: string;
            mime: string;
            name: string | null;
            bytes: number | null;
            /** @description Hex; null until it is here. */
            sha256: string | null;
            /** @enum {string} */
            state: "waiting" | "stored" | "failed";
            /** @description Why it cannot be had. */
            error: string | null;
            /** @description Where to fetch it; the link lives 30 days. */
            url: string | null;
        };
        Interactive: {
            /** @constant */
            type: "buttons";
            /** @description Above the text; or a file in `media`, not both. */
            header?: string;
            body: string;
            footer?: string;
            buttons: {
                /** @description Comes back with the person's reply. */
                id: string;
                title: string;
            }[];
        } | {
            /** @constant */
            type: "list";
            /** @description Above the text; or a file in `media`, not both. */
            header?: string;
            body: string;
            footer?: string;
            /** @description Opens the list. */
            button: string;
            sections: {
                /** @description Needed when there is more than one section. */
                title?: string;
                rows: {
                    /** @description Comes back with the person's reply. */
                    id: string;
                    title: string;
                    description?: string;
                }[];
            }[];
        } | {
            /** @constant */
            type: "link";
            /** @description Above the text; or a file in `media`, not both. */
            header?: string;
            body: string;
            footer?: string;
            button: string;
            url: string;
        } | {
            /** @constant */
            type: "location_request";
            body: string;
        };
        InteractiveContent: {
            /** @constant */
            type: "buttons";
            /** @description Above the text; or a file in `media`, not both. */
            header?: string;
            body: string;
            footer?: string;
            buttons: {
                /** @description Comes back with the person's reply. */
                id: string;
                title: string;
            }[];
        } | {
            /** @constant */
            type: "list";
            /** @description Above the text; or a file in `media`, not both. */
            header?: string;
            body: string;
            footer?: string;
            /** @description Opens the list. */
            button: string;
            sections: {
                /** @description Needed when there is more than one section. */
                title?: string;
                rows: {
                    /** @description Comes back with the person's reply. */
                    id: string;
                    title: string;
                    description?: string;
                }[];
            }[];
        } | {
            /** @constant */
            type: "link";
            /** @description Above the text; or a file in `media`, not both. */
            header?: string;
            body: string;
            footer?: string;
            button: string;
            url: string;
        } | {
            /** @constant */
            type: "location_request";
            body: string;
        };
        LedgerEntry: {
            /** @description The message, or the top-up, behind it. */
            cause_id: string;
            /** @enum {string} */
            kind: "topup" | "adjustment" | "charge" | "refund" | "refund-reversal" | "allocation" | "resale" | "wholesale";
            /** @description A decimal with a point, such as 125.50; never a float. */
            amount: string;
            /** @description A decimal with a point, such as 125.50; never a float. */
            balance_after: string;
            reference: string | null;
            /** @description ISO 8601, UTC. */
            at: string;
        };
        LedgerPage: {
            items: components["schemas"]["LedgerEntry"][];
            next_cursor: string | null;
        };
        LocationContent: {
            latitude: number;
            longitude: number;
            name: string | null;
            address: string | null;
            url: string | null;
        };
        Media: {
            id: string;
            /** @description By content: pdf, jpg, png, mp3, mp4, txt, docx, xlsx, pptx, zip. */
            type: string;
            mime: string;
            bytes: number;
            sha256: string;
            /** @description ISO 8601, UTC. */
            created_at: string;
        };
        MediaChoice: {
            url: string;
            /** @description What the recipient sees, 10 to 60 characters; otherwise a name is made. */
            name?: string;
        } | {
            base64: string;
            /** @description What the recipient sees, 10 to 60 characters; otherwise a name is made. */
            name?: string;
        } | {
            id: string;
            /** @description What the recipient sees, 10 to 60 characters; otherwise a name is made. */
            name?: string;
        };
        Message: {
            id: string;
            project_id: string;
            /** @enum {string} */
            direction: "out" | "in";
            mobile: string;
            /** @enum {string} */
            status: "held" | "scheduled" | "accepted" | "submitted" | "sent" | "delivered" | "read" | "failed" | "cancelled" | "received";
            /** @enum {string} */
            category: "marketing" | "utility" | "authentication" | "service";
            kind: string;
            template: {
                id: number;
                name: string;
            } | null;
            variables: string[];
            /** @description As the person sees it. */
            text: string;
            /** @description The message that it quotes. */
            reply_to: string | null;
            custom_field: string;
            /** @description The interface it came by: ws, v1. */
            source: string;
            /** @description A decimal with a point, such as 125.50; never a float. */
            price: string;
            refunded: boolean;
            code: string | null;
            reason: string | null;
            whatsapp_id: string | null;
            /** @description ISO 8601, UTC. */
            accepted_at: string;
            scheduled_at: string | null;
            deadline_at: string | null;
            submitted_at: string | null;
            sent_at: string | null;
            delivered_at: string | null;
            read_at: string | null;
            failed_at: string | null;
            /** @description WhatsApp's id of the person, where it is known; with a hidden number `mobile` is empty. */
            user_id: string | null;
            /** @description What it carries besides text, file and variables. */
            content: components["schemas"]["MessageContent"] | null;
            /** @description The file of a person's message. */
            file: components["schemas"]["InboundFile"] | null;
        };
        MessageContent: {
            location?: components["schemas"]["LocationContent"];
            contacts?: components["schemas"]["ContactCard"][];
            reaction?: {
                message_id: string | null;
                whatsapp_id: string;
                /** @description "" when it was taken back. */
                emoji: string;
                removed: boolean;
            };
            /** @description Buttons, a list, a link or a question, as you sent them. */
            interactive?: components["schemas"]["InteractiveContent"];
            /** @description What the template's quick-reply buttons bring back. */
            button_payloads?: {
                /** @description Its place among all buttons, from 0. */
                button: number;
                payload: string;
            }[];
            choice?: components["schemas"]["ChoiceContent"];
            order?: components["schemas"]["OrderContent"];
            /** @description The product that the person asks about. */
            product?: {
                catalog_id: string | null;
                product_id: string | null;
            };
            /** @description A voice note; a sticker that moves. */
            media?: {
                voice: boolean;
                animated: boolean;
            };
            referral?: components["schemas"]["ReferralContent"];
            /** @description The message that it answers. */
            quote?: {
                message_id: string | null;
                whatsapp_id: string;
            };
            /** @enum {string} */
            forwarded?: "once" | "often";
            system?: components["schemas"]["SystemContent"];
            /** @description Words that replace those of a message. */
            edit?: {
                message_id: string | null;
                whatsapp_id: string;
                before: string | null;
            };
            /** @description A message that the person took back. */
            deletion?: {
                message_id: string | null;
                whatsapp_id: string;
            };
            /** @description What WhatsApp could not hand over, and why. */
            problem?: {
                code: string | null;
                reason: string | null;
                type: string | null;
            };
            /** @description How its words were, oldest first; the last is the text of today. */
            versions?: {
                /** @description ISO 8601, UTC. */
                at: string;
                text: string;
            }[];
            /** @description When the person took it back. */
            deleted_at?: string;
        };
        MessagePage: {
            items: components["schemas"]["Message"][];
            next_cursor: string | null;
        };
        NewBalanceAlert: {
            /** @description Fires when the balance falls below it. */
            threshold: string;
            /** @description Absent: a tenth above the threshold. */
            rearm_at?: string;
            /** @default true */
            webhook?: boolean;
            /** @default [] */
            emails?: string[];
            /**
             * @description Of the e-mails.
             * @default es
             * @enum {string}
             */
            language?: "es" | "en";
        };
        NewBatch: {
            messages: components["schemas"]["BatchItem"][];
        };
        NewContact: {
            mobiles: string[];
            name?: string | null;
            language?: string | null;
            custom_fields?: {
                [key: string]: string | number | boolean;
            };
            labels?: string[];
        };
        NewContactCard: {
            /** @description As it is shown. */
            name: string;
            first_name?: string;
            last_name?: string;
            phones?: {
                phone: string;
                /** @description HOME, WORK, CELL or a word of yours. */
                type?: string;
                /** @description The same number as WhatsApp has it; without it the card invites instead. */
                mobile?: string;
            }[];
            emails?: {
                email: string;
                type?: string;
            }[];
            organization?: string;
            title?: string;
        };
        NewMessage: {
            /** @description Digits, country code first, without +: 573001234567. */
            mobile: string;
            /** @description The project to send from; absent: the template's, else the token's, else the first. */
            project_id?: string;
            template?: components["schemas"]["TemplateChoice"];
            variables?: components["schemas"]["Variables"];
            /** @description Free text, inside the 24-hour window; with media, its caption. */
            text?: string;
            /** @description A file by itself, with text, or for the header of a template or of `interactive`. */
            media?: components["schemas"]["MediaChoice"];
            /** @description Buttons, a list, a link or a request for a location; inside the 24-hour window. */
            interactive?: components["schemas"]["Interactive"];
            /** @description A place; with a template, what its location header shows (name and address too). */
            location?: components["schemas"]["Place"];
            /** @description A contact card. */
            contact?: components["schemas"]["NewContactCard"];
            /** @description An emoji on an earlier message. */
            reaction?: components["schemas"]["Reaction"];
            /** @description The message, yours or the person's, that this one quotes; not with a template. */
            reply_to?: string;
            /** @description With a template: what its quick-reply buttons bring back. */
            button_payloads?: {
                /** @description Its place among all buttons, from 0. */
                button: number;
                payload: string;
            }[];
            /**
             * @description Yours, at most 1,000 characters; comes back with the person's reply.
             * @default
             */
            custom_field?: string;
            /** @description Counted together under this name, in its project; it may have limits of its own. */
            campaign?: string;
            /** @description When the balance does not pay for it: keep it, unpaid, and send it in its turn after a top-up; by its deadline it fails with 5. */
            wait_for_balance?: boolean;
            /**
             * Format: date-time
             * @description Not before then; at most 7 days ahead.
             */
            send_at?: string;
            /** @description Seconds from send_at (or now) until it has reached sent, or is failed and refunded. */
            valid_for_s?: number;
        };
        NewOptOutRules: {
            project_id?: string;
            /** @description Null: the usual words; an empty list: none. */
            out_words?: string[] | null;
            in_words?: string[] | null;
            /** @description Sent as a free text, and paid for; null: nothing. */
            out_reply?: string | null;
            in_reply?: string | null;
        };
        NewOptOuts: {
            /** @description Absent: the token's project, else the first. */
            project_id?: string;
            mobiles: string[];
            /** @default  */
            note?: string;
        };
        NewTemplate: {
            /** @description Absent: the token's project, else the account's first. */
            project_id?: string;
            name: string;
            language: string;
            /** @enum {string} */
            category: "marketing" | "utility" | "authentication";
            header?: {
                /** @enum {string} */
                format: "text" | "image" | "video" | "document";
                text?: string | null;
            } | null;
            body: string;
            footer?: string | null;
            buttons?: {
                /** @enum {string} */
                kind: "quick_reply" | "url" | "phone_number" | "copy_code" | "otp";
                text: string;
                /** @description URL, with {{1}} at its end for a suffix; or telephone number. */
                target?: string | null;
            }[];
            /**
             * @description Absent: as the variables are written.
             * @enum {string}
             */
            parameter_format?: "positional" | "named";
            /** @description A sample value for each variable, in order. */
            examples?: string[];
            /** @description An uploaded file that shows the header. */
            sample_media_id?: string | null;
        };
        NewWebhookEndpoint: {
            /** @description Absent: the token's project, else the account's first. */
            project_id?: string;
            url: string;
            /** @description Events, or whole families of them (`template.*`). */
            events?: ("failed" | "sent" | "delivered" | "read" | "reply" | "balance.low" | "channel.silent" | "channel.heard" | "contact.opted_in" | "contact.opted_out" | "endpoint.disabled" | "template.approved" | "template.rejected" | "template.paused" | "template.disabled" | "template.quality" | "template.category" | "template.content" | "balance.*" | "channel.*" | "contact.*" | "conversation.*" | "endpoint.*" | "template.*")[];
            /** @description Only what concerns these official numbers of yours; ids of channels are taken too. */
            numbers?: string[];
            /** @description Only messages of these templates and replies that quote them: names, or id_template as text. */
            templates?: string[];
            /** @description Calls that may begin in any second; what is over it waits its turn. */
            rate_per_second?: number;
            /** @description Sent with every call. */
            headers?: {
                [key: string]: string;
            };
        };
        OptOut: {
            mobile: string;
            project_id: string;
            /**
             * @description listed: by a call · word: the person wrote it · whatsapp: by WhatsApp's own settings.
             * @enum {string}
             */
            source: "listed" | "word" | "whatsapp";
            note: string;
            /** @description ISO 8601, UTC. */
            since: string;
        };
        OptOutCheck: {
            mobile: string;
            project_id: string;
            opted_out: boolean;
            source: ("listed" | "word" | "whatsapp") | null;
            note: string | null;
            since: string | null;
        };
        OptOutPage: {
            items: components["schemas"]["OptOut"][];
            next_cursor: string | null;
        };
        OptOutResult: {
            added: number;
            /** @description Were on the list, or came twice. */
            already: number;
            refused: number;
            /** @description The first hundred that were refused; the others were listed all the same. */
            problems: {
                line: number;
                mobile: string;
                message: string;
            }[];
        };
        OptOutRules: {
            project_id: string;
            /** @description The whole text must be one of them. */
            out_words: string[];
            in_words: string[];
            out_reply: string | null;
            in_reply: string | null;
        };
        OrderContent: {
            catalog_id: string | null;
            note: string | null;
            items: {
                product_id: string;
                quantity: number;
                /** @description Of one, as WhatsApp says it. */
                price: string | null;
                currency: string | null;
            }[];
        };
        PersonChoice: {
            mobile?: string;
            user_id?: string;
            contact_id?: string;
        };
        PersonDocument: {
            /** @description ISO 8601, UTC. */
            exported_at: string;
            addresses: string[];
            /** @description With those that were merged. */
            contacts: components["schemas"]["Contact"][];
            conversations: components["schemas"]["Conversation"][];
            messages: components["schemas"]["Message"][];
            files: {
                message_id: string;
                name: string;
                mime: string;
                bytes: number | null;
                /** @description Valid for 30 days; null: the file is not kept here. */
                url: string | null;
            }[];
            events: {
                seq: string;
                kind: string;
                /** @description ISO 8601, UTC. */
                at: string;
                message_id: string | null;
                data: unknown;
            }[];
        };
        Place: {
            latitude: number;
            longitude: number;
            name?: string;
            /** @description Shown only beside a name. */
            address?: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "malformed_body" | "invalid_request" | "unauthenticated" | "sign_in_failed" | "signature_invalid" | "forbidden" | "origin_refused" | "not_found" | "no_project" | "project_inactive" | "insufficient_balance" | "no_price" | "invalid_mobile" | "empty_message" | "blank_variable" | "template_not_found" | "template_not_approved" | "category_guard" | "variables_mismatch" | "repeated_message" | "marketing_limit" | "opted_out" | "cap_reached" | "media_missing" | "media_mismatch" | "media_invalid" | "message_not_referable" | "content_too_large" | "idempotency_key_reused" | "not_cancellable" | "cursor_gone" | "link_gone" | "template_invalid" | "conflict" | "taken" | "composing" | "window_closed" | "body_too_large" | "unsupported_media_type" | "too_many_requests" | "upstream_refused" | "upstream_unreachable" | "not_ready" | "internal";
            /** @description What is wrong and what to do about it. */
            detail: string;
            /** @description The fields at fault. */
            errors?: {
                path: string;
                message: string;
            }[];
        };
        Reaction: {
            message_id: string;
            /** @description Empty takes the reaction back. */
            emoji: string;
        };
        ReferralContent: {
            source_type: string | null;
            source_id: string | null;
            source_url: string | null;
            headline: string | null;
            body: string | null;
            media_type: string | null;
            media_url: string | null;
            /** @description `ctwa_clid`. */
            click_id: string | null;
        };
        ReplayRange: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until?: string;
            /** @description Default: those that were given up. */
            states?: ("delivered" | "exhausted")[];
            events?: ("failed" | "sent" | "delivered" | "read" | "reply" | "balance.low" | "channel.silent" | "channel.heard" | "contact.opted_in" | "contact.opted_out" | "endpoint.disabled" | "template.approved" | "template.rejected" | "template.paused" | "template.disabled" | "template.quality" | "template.category" | "template.content")[];
        };
        Replayed: {
            replayed: number;
            more: boolean;
        };
        RotatedSecret: {
            secret: string;
            /** @description Until then the old secret signs as well. */
            previous_expires_at: string | null;
        };
        Statement: {
            account_id: string;
            account_name: string;
            month: string;
            time_zone: string;
            currency: string;
            starts_at: string;
            ends_at: string;
            closed: boolean;
            opening_balance: string;
            lines: {
                kind: string;
                category: string | null;
                count: number;
                amount: string;
            }[];
            late_lines: {
                kind: string;
                category: string | null;
                count: number;
                amount: string;
            }[];
            totals: Record<string, never>;
            closing_balance: string;
        };
        StatementList: {
            items: {
                month: string;
                /** @description A decimal with a point, such as 125.50; never a float. */
                opening_balance: string;
                /** @description A decimal with a point, such as 125.50; never a float. */
                closing_balance: string;
                /** @description SHA-256 of the document's JSON, hex; also its ETag. */
                digest: string;
                /** @description ISO 8601, UTC. */
                closed_at: string;
            }[];
            next_cursor: null;
        };
        SubmittedTemplate: {
            template: components["schemas"]["Template"];
            /** @description What was passed over. */
            findings: components["schemas"]["TemplateFinding"][];
        };
        SystemContent: {
            /** @enum {string} */
            type: "number_changed" | "user_id_changed" | "identity_changed" | "other";
            /** @description WhatsApp's own word for it. */
            name: string;
            mobile_before: string | null;
            mobile: string | null;
            user_id_before: string | null;
            user_id: string | null;
        };
        Template: {
            id: number;
            project_id: string;
            name: string;
            language: string;
            /** @enum {string} */
            category: "marketing" | "utility" | "authentication";
            /**
             * @description draft: WhatsApp does not know it yet.
             * @enum {string}
             */
            status: "draft" | "approved" | "pending" | "rejected" | "paused" | "disabled";
            header: ("text" | "image" | "video" | "document" | "location") | null;
            header_text: string | null;
            body: string;
            footer: string | null;
            buttons: {
                kind: string;
                text: string;
                target: string | null;
            }[];
            /** @description What `variables` of a message fills, in order. */
            variables: {
                name: string;
                /** @enum {string} */
                part: "header" | "body" | "button";
            }[];
            rejected_reason: string | null;
            quality: ("green" | "yellow" | "red" | "unknown") | null;
            /** @description Null: no decision is owed. */
            guard: components["schemas"]["CategoryGuard"] | null;
            /** @description Written and not submitted; null: nothing. */
            edit: {
                /** @enum {string} */
                category: "marketing" | "utility" | "authentication";
                header: {
                    /** @enum {string} */
                    format: "text" | "image" | "video" | "document" | "location";
                    text: string | null;
                } | null;
                body: string;
                footer: string | null;
                buttons: {
                    kind: string;
                    text: string;
                    target: string | null;
                }[];
                examples: string[];
                sample_media_id: string | null;
            } | null;
            submitted_at: string | null;
            /** @description When WhatsApp was last asked for it and gave it. */
            last_verified_at: string | null;
            /** @description ISO 8601, UTC. */
            updated_at: string;
        };
        TemplateChange: {
            /** @enum {string} */
            category?: "marketing" | "utility" | "authentication";
            header?: {
                /** @enum {string} */
                format: "text" | "image" | "video" | "document";
                text?: string | null;
            } | null;
            body?: string;
            footer?: string | null;
            buttons?: {
                /** @enum {string} */
                kind: "quick_reply" | "url" | "phone_number" | "copy_code" | "otp";
                text: string;
                /** @description URL, with {{1}} at its end for a suffix; or telephone number. */
                target?: string | null;
            }[];
            /**
             * @description Absent: as the variables are written.
             * @enum {string}
             */
            parameter_format?: "positional" | "named";
            /** @description A sample value for each variable, in order. */
            examples?: string[];
            /** @description An uploaded file that shows the header. */
            sample_media_id?: string | null;
        };
        TemplateChoice: {
            id: number;
        } | {
            name: string;
            language: string;
        };
        TemplateDeletion: {
            deleted: number[];
            /** @description WhatsApp takes no new template of a deleted name for 30 days; null: it does at once. */
            name_free_at: string | null;
        };
        TemplateFinding: {
            rule: string;
            /** @enum {string} */
            severity: "error" | "warning" | "hint";
            path: string;
            what: {
                es: string;
                en: string;
            };
            fix: {
                es: string;
                en: string;
            };
            source: string;
        };
        TemplateHistory: {
            items: components["schemas"]["TemplateHistoryLine"][];
            next_cursor: string | null;
        };
        TemplateHistoryLine: {
            id: string;
            /** @enum {string} */
            kind: "status" | "category" | "quality" | "content" | "guard" | "edit";
            from: string | null;
            to: string | null;
            reason: string | null;
            /** @enum {string} */
            source: "event" | "sync" | "submit" | "person";
            /** @description False: it came late, and something newer was known. */
            applied: boolean;
            /** @description ISO 8601, UTC. */
            at: string;
            /** @description ISO 8601, UTC. */
            noted_at: string;
        };
        TemplateLint: {
            /** @description No errors. */
            ok: boolean;
            findings: components["schemas"]["TemplateFinding"][];
        };
        TemplatePage: {
            items: components["schemas"]["Template"][];
            next_cursor: string | null;
        };
        TemplatePreview: {
            header: {
                /** @enum {string} */
                format: "text" | "image" | "video" | "document" | "location";
                text: string | null;
            } | null;
            body: string;
            footer: string | null;
            buttons: {
                kind: string;
                text: string;
                target: string | null;
            }[];
            /** @description Variables without a value or an example. */
            missing: string[];
            sample_media_id: string | null;
            currency: string;
            prices: {
                country: string;
                /** @enum {string} */
                category: "marketing" | "utility" | "authentication";
                amount: string | null;
            }[];
        };
        TemplatePreviewWish: {
            /** @description Absent: the examples. */
            variables?: components["schemas"]["Variables"];
            /**
             * @description As WhatsApp has it, or as it was written last. Absent: the latter, if any.
             * @enum {string}
             */
            version?: "live" | "edit";
        };
        TemplateSubmission: {
            /**
             * @description Pass over warnings.
             * @default false
             */
            force?: boolean;
        };
        TemplateSyncReport: {
            inserted: string[];
            updated: string[];
            disabled: string[];
            skipped: {
                name: string;
                why: string;
            }[];
        };
        TemplateSyncWish: {
            project_id?: string;
        };
        Timeline: {
            message: components["schemas"]["Message"];
            steps: components["schemas"]["TimelineStep"][];
        };
        TimelineStep: {
            /** @constant */
            type: "event";
            /** @description ISO 8601, UTC. */
            at: string;
            name: string;
            code: string | null;
            reason: string | null;
            /** @description Number of the event in its account. */
            seq: string;
        } | {
            /** @constant */
            type: "money";
            /** @description ISO 8601, UTC. */
            at: string;
            kind: string;
            /** @description A decimal with a point, such as 125.50; never a float. */
            amount: string;
            reference: string | null;
        } | {
            /** @constant */
            type: "attempt";
            /** @description ISO 8601, UTC. */
            at: string;
            number: number;
            finished_at: string | null;
            outcome: string | null;
            code: string | null;
            reason: string | null;
        } | {
            /** @constant */
            type: "webhook";
            /** @description ISO 8601, UTC. */
            at: string;
            endpoint_id: string;
            delivery_id: string;
            event: string;
            attempt: number;
            finished_at: string | null;
            http_status: number | null;
            error: string | null;
        };
        Variables: string[] | {
            [key: string]: string;
        };
        Wallet: {
            /** @description A decimal with a point, such as 125.50; never a float. */
            balance: string;
            currency: string;
        };
        WebhookAttempt: {
            number: number;
            /** @description ISO 8601, UTC. */
            started_at: string;
            finished_at: string | null;
            http_status: number | null;
            error: string | null;
            response: string | null;
        };
        WebhookAttemptList: {
            items: components["schemas"]["WebhookAttempt"][];
            next_cursor: string | null;
        };
        WebhookDelivery: {
            id: string;
            endpoint_id: string;
            seq: string;
            event: string;
            message_id: string | null;
            body: string;
            /** @enum {string} */
            state: "pending" | "calling" | "delivered" | "exhausted" | "parked";
            due_at: string | null;
            attempts: number;
            /** @description ISO 8601, UTC. */
            created_at: string;
            finished_at: string | null;
        };
        WebhookDeliveryPage: {
            items: components["schemas"]["WebhookDelivery"][];
            next_cursor: string | null;
        };
        WebhookEndpoint: {
            id: string;
            project_id: string;
            url: string;
            /** @enum {string} */
            state: "enabled" | "disabled";
            disabled_reason: string | null;
            /** @description Null: the five of messages. */
            events: string[] | null;
            /** @description Null: all. */
            numbers: string[] | null;
            /** @description Null: all. */
            templates: string[] | null;
            /** @description Null: no limit. */
            rate_per_second: number | null;
            header_names: string[];
            failing_since: string | null;
            failures: number;
            /** @description ISO 8601, UTC. */
            created_at: string;
        };
        WebhookEndpointChange: {
            url?: string;
            events?: ("failed" | "sent" | "delivered" | "read" | "reply" | "balance.low" | "channel.silent" | "channel.heard" | "contact.opted_in" | "contact.opted_out" | "endpoint.disabled" | "template.approved" | "template.rejected" | "template.paused" | "template.disabled" | "template.quality" | "template.category" | "template.content" | "balance.*" | "channel.*" | "contact.*" | "conversation.*" | "endpoint.*" | "template.*")[] | null;
            numbers?: string[] | null;
            templates?: string[] | null;
            rate_per_second?: number | null;
            headers?: {
                [key: string]: string;
            };
            /** @enum {string} */
            state?: "enabled" | "disabled";
        };
        WebhookEndpointPage: {
            items: components["schemas"]["WebhookEndpoint"][];
            next_cursor: string | null;
        };
        WebhookTest: {
            ok: boolean;
            http_status: number | null;
            error: string | null;
            response: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listMessages: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                status?: "held" | "scheduled" | "accepted" | "submitted" | "sent" | "delivered" | "read" | "failed" | "cancelled" | "received";
                direction?: "out" | "in";
                mobile?: string;
                custom_field?: string;
                template?: number;
                project_id?: string;
                /** @description Accepted then or later. */
                since?: string;
                /** @description Accepted before. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Remembered for 72 hours: the same request again gives the same answer and nothing is sent or charged twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mobile": "573001234567",
                 *       "template": {
                 *         "id": 1
                 *       },
                 *       "variables": [
                 *         "Ana 1795360530",
                 *         "la doctora Rojas",
                 *         "lunes"
                 *       ],
                 *       "custom_field": "pedido-881"
                 *     }
                 */
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description Hecho · done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Remembered for 72 hours: the same request again gives the same answer and nothing is sent or charged twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "mobile": "573001234567",
                 *           "template": {
                 *             "name": "recordatorio_cita",
                 *             "language": "es_CO"
                 *           },
                 *           "variables": [
                 *             "Ana 1795360530",
                 *             "la doctora Rojas",
                 *             "martes"
                 *           ]
                 *         },
                 *         {
                 *           "mobile": "573001234567",
                 *           "template": {
                 *             "id": 1
                 *           },
                 *           "variables": [
                 *             "Ana 1795360530",
                 *             "la doctora Rojas",
                 *             "jueves"
                 *           ],
                 *           "send_at": "2026-11-22T16:00:00Z"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewBatch"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAnswer"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dryRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mobile": "573001234567",
                 *       "template": {
                 *         "id": 1
                 *       },
                 *       "variables": [
                 *         "Ana",
                 *         "la doctora Rojas",
                 *         "miércoles"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTimeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadMedia: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Hecho · done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Media"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Media"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                project_id?: string;
                status?: "draft" | "approved" | "pending" | "rejected" | "paused" | "disabled";
                /** @description Has this in its name. */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "recordatorio_1795360530",
                 *       "language": "es_CO",
                 *       "category": "utility",
                 *       "body": "Hola {{1}}, lo esperamos el {{2}} en nuestra sede.",
                 *       "footer": "Clínica Los Andes",
                 *       "examples": [
                 *         "Carlos",
                 *         "miércoles"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewTemplate"];
            };
        };
        responses: {
            /** @description Hecho · done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lintTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "resultado_listo",
                 *       "language": "es_CO",
                 *       "category": "utility",
                 *       "body": "Hola {{1}}, su resultado del {{2}} ya está listo para usted.",
                 *       "footer": "Clínica Los Andes",
                 *       "examples": [
                 *         "Carlos",
                 *         "miércoles"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewTemplate"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateLint"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    syncTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["TemplateSyncWish"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateSyncReport"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id_template. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTemplate: {
        parameters: {
            query?: {
                /** @description Every language of the name. */
                all_languages?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description Its id_template. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDeletion"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id_template. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "footer": "Clínica Los Andes, sede norte"
                 *     }
                 */
                "application/json": components["schemas"]["TemplateChange"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id_template. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "force": true
                 *     }
                 */
                "application/json": components["schemas"]["TemplateSubmission"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmittedTemplate"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id_template. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "variables": [
                 *         "Carlos",
                 *         "jueves"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["TemplatePreviewWish"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreview"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideTemplateCategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id_template. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decision": "accept"
                 *     }
                 */
                "application/json": components["schemas"]["CategoryDecision"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTemplateChanges: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Its id_template. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateHistory"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWallet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLedger: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerPage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportLedger: {
        parameters: {
            query: {
                since: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStatements: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementList"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description On the account's clocks: 2026-11. */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description On the account's clocks: 2026-11. */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointPage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/webhooks/recado",
                 *       "events": [
                 *         "failed",
                 *         "reply"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhookEndpoint"];
            };
        };
        responses: {
            /** @description Hecho · done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhookEndpoint"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": null,
                 *       "headers": {
                 *         "x-origen": "recado"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["WebhookEndpointChange"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedSecret"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-11-22T14:00:00Z",
                 *       "states": [
                 *         "exhausted"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ReplayRange"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                state?: "pending" | "calling" | "delivered" | "exhausted" | "parked";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookAttempts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAttemptList"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pullEvents: {
        parameters: {
            query?: {
                /** @description The cursor of the answer before. Absent: from the oldest event that is kept; latest: only what is to come. */
                after?: string;
                limit?: number;
                /** @description Separated by commas: failed, sent, delivered, read, reply, balance.low, channel.silent, channel.heard, contact.opted_in, contact.opted_out, endpoint.disabled, template.approved, template.rejected, template.paused, template.disabled, template.quality, template.category, template.content, balance.*, channel.*, contact.*, conversation.*, endpoint.*, template.*. Absent: failed, sent, delivered, read, reply. */
                types?: string;
                /** @description Absent: the token's project, else all. */
                project_id?: string;
                /** @description When there is nothing, wait so many seconds for it. */
                wait_s?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                /** @description A part of a name, whatever its case and accents, or at least 3 digits of a number. */
                search?: string;
                /** @description The one contact that has this number. */
                mobile?: string;
                /** @description The one contact that has this id of WhatsApp's. */
                user_id?: string;
                label?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mobiles": [
                 *         "571795360530"
                 *       ],
                 *       "name": "Ana Pérez",
                 *       "language": "es",
                 *       "labels": [
                 *         "cliente"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description Hecho · done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ana María Pérez",
                 *       "custom_fields": {
                 *         "ciudad": "Bogotá"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mergeContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "0199d3a1-7c1e-7b44-9a52-5b7c3b1f0e11"
                 *     }
                 */
                "application/json": components["schemas"]["ContactMerge"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmergeContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                state?: "open" | "snoozed" | "resolved";
                project_id?: string;
                contact_id?: string;
                channel_id?: string;
                /** @description true: only those with something unread; false: only those without. */
                unread?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "state": "resolved"
                 *     }
                 */
                "application/json": components["schemas"]["ConversationChange"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listThread: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                /** @description Which end the first page begins at. */
                order?: "newest" | "oldest";
                /** @description Only messages after this one. */
                after?: string;
                /** @description Only messages before this one. */
                before?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markConversationRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ConversationRead"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportPerson: {
        parameters: {
            query?: {
                mobile?: string;
                user_id?: string;
                contact_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDocument"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erasePerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "0199d3a1-7c1e-7b44-9a52-5b7c3b1f0e11"
                 *     }
                 */
                "application/json": components["schemas"]["PersonChoice"];
            };
        };
        responses: {
            /** @description Hecho · done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCaps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CapList"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                project_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignPage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaign: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages_max": 5000,
                 *       "amount_max": "150000.00"
                 *     }
                 */
                "application/json": components["schemas"]["CampaignLimits"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBalanceAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceAlertList"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBalanceAlert: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "threshold": "50000.00",
                 *       "emails": []
                 *     }
                 */
                "application/json": components["schemas"]["NewBalanceAlert"];
            };
        };
        responses: {
            /** @description Hecho · done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceAlert"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBalanceAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceAlert"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteBalanceAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOptOuts: {
        parameters: {
            query?: {
                /** @description Rows on the page. */
                limit?: number;
                /** @description The next_cursor of the page before; absent: the first page. */
                cursor?: string;
                project_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptOutPage"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addOptOuts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mobiles": [
                 *         "573001119999"
                 *       ],
                 *       "note": "lo pidió por teléfono"
                 *     }
                 */
                "application/json": components["schemas"]["NewOptOuts"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptOutResult"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importOptOuts: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptOutResult"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkOptOut: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: never;
            path: {
                /** @description Digits, country code first, without +: 573001234567. */
                mobile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptOutCheck"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeOptOut: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: never;
            path: {
                /** @description Digits, country code first, without +: 573001234567. */
                mobile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOptOutRules: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptOutRules"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setOptOutRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "out_words": [
                 *         "baja",
                 *         "parar",
                 *         "no más"
                 *       ],
                 *       "in_words": [
                 *         "alta"
                 *       ],
                 *       "out_reply": "Listo: no le enviaremos más promociones."
                 *     }
                 */
                "application/json": components["schemas"]["NewOptOutRules"];
            };
        };
        responses: {
            /** @description Hecho · done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptOutRules"];
                };
            };
            /** @description Un problema · a problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
