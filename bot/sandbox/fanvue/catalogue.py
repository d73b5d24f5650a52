"""The table of the public API: method, path (which is the surface), scopes."""

# `@` stands for `/creators/{creatorUserUuid}`; a path under /v1 is of the v1 surface, all others are not.
TABLE = """
GET /agencies/chats read:agency read:chat
POST /agencies/creator-invites write:agency
GET /agencies/earnings read:agency read:creator
GET /agencies/insights/chatter-leaderboard read:agency
POST /agencies/invites write:agency
GET /agencies/subscribers read:agency read:creator
GET /agencies/subscribers-history read:agency read:creator
GET /agencies/team-members read:agency
PUT /agencies/team-members/{userId} write:agency
GET /apps/{appUuid} read:self
GET /apps/{appUuid}/subscription-status read:self
GET /apps/{appUuid}/subscription/me read:self
GET /chats read:chat
POST /chats write:chat
GET /chats/automated-messages read:chat
PUT /chats/automated-messages/{trigger} write:chat
DELETE /chats/automated-messages/{trigger} write:chat
GET /chats/lists/custom read:chat read:fan
POST /chats/lists/custom write:chat
GET /chats/lists/custom/{uuid} read:chat read:fan
PATCH /chats/lists/custom/{uuid} write:chat
DELETE /chats/lists/custom/{uuid} write:chat
POST /chats/lists/custom/{uuid}/members write:chat
DELETE /chats/lists/custom/{uuid}/members/{userUuid} write:chat
GET /chats/lists/smart read:chat read:fan
GET /chats/lists/smart/{uuid} read:chat read:fan
GET /chats/mass-messages read:chat
POST /chats/mass-messages write:chat read:fan
PATCH /chats/mass-messages/{messageUuid} write:chat
DELETE /chats/mass-messages/{messageUuid} write:chat
POST /chats/messages/batch read:chat
POST /chats/statuses read:chat
GET /chats/templates read:chat
GET /chats/templates/{templateUuid} read:chat
GET /chats/unread read:chat
PATCH /chats/{userUuid} write:chat
GET /chats/{userUuid}/media read:chat
POST /chats/{userUuid}/message write:chat
GET /chats/{userUuid}/messages read:chat
DELETE /chats/{userUuid}/messages/{messageUuid} write:chat
GET /chats/{userUuid}/messages/{messageUuid}/media read:chat
POST /chats/{userUuid}/typing write:chat
GET /collections read:post
POST /collections write:post
PATCH /collections/{uuid} write:post
DELETE /collections/{uuid} write:post
GET /creators read:creator
GET @/account read:creator read:self
GET @/chats read:creator read:chat
POST @/chats write:chat read:creator
GET @/chats/lists/custom read:creator read:chat read:fan
GET @/chats/lists/custom/{uuid} read:creator read:chat read:fan
GET @/chats/lists/smart read:creator read:chat read:fan
GET @/chats/lists/smart/{uuid} read:creator read:chat read:fan
GET @/chats/mass-messages read:creator read:chat
POST @/chats/mass-messages write:chat read:creator read:fan
PATCH @/chats/mass-messages/{messageUuid} write:chat read:creator
DELETE @/chats/mass-messages/{messageUuid} write:chat read:creator
PATCH @/chats/{userUuid} write:chat read:creator
GET @/chats/{userUuid}/media read:creator read:chat
POST @/chats/{userUuid}/message write:chat read:creator
GET @/chats/{userUuid}/messages read:creator read:chat
GET @/chats/{userUuid}/messages/{messageUuid}/media read:creator read:chat
GET @/followers read:creator read:fan
GET @/insights/earnings read:creator read:insights
GET @/insights/earnings/summary read:creator read:insights
GET @/insights/subscribers read:creator read:insights
GET @/insights/top-spenders read:creator read:insights read:fan
GET @/media read:creator read:media
POST @/media/uploads write:creator write:media
PATCH @/media/uploads/{uploadId} write:creator write:media
GET @/media/uploads/{uploadId}/parts/{partNumber}/url write:creator write:media
GET @/media/{uuid} read:creator read:media
GET @/notifications read:creator read:self
GET @/posts read:creator read:post
POST @/posts write:creator write:post
PATCH @/posts/{uuid} write:creator write:post
DELETE @/posts/{uuid} write:creator write:post
GET @/posts/{uuid}/comments read:creator read:post
POST @/posts/{uuid}/comments write:creator write:post
DELETE @/posts/{uuid}/comments/{commentUuid} write:creator write:post
POST @/posts/{uuid}/pin write:creator write:post
DELETE @/posts/{uuid}/pin write:creator write:post
POST @/posts/{uuid}/repost write:creator write:post
GET @/subscribers read:creator read:fan
GET @/subscribers/online read:creator read:fan
GET @/tracking-links read:creator read:tracking_links
POST @/tracking-links write:creator write:tracking_links
DELETE @/tracking-links/{uuid} write:creator write:tracking_links
GET @/tracking-links/{uuid}/users read:creator read:tracking_links
GET @/tracking-links/{uuid}/users/{userUuid}/metadata read:creator read:tracking_links
GET @/vault/folders read:creator read:media
POST @/vault/folders write:creator write:media
GET @/vault/folders/{folderName} read:creator read:media
PATCH @/vault/folders/{folderName} write:creator write:media
DELETE @/vault/folders/{folderName} write:creator write:media
GET @/vault/folders/{folderName}/media read:creator read:media
POST @/vault/folders/{folderName}/media write:creator write:media
DELETE @/vault/folders/{folderName}/media/{mediaUuid} write:creator write:media
GET /followers read:fan
GET /insights/earnings read:insights
GET /insights/earnings/percentile read:insights
GET /insights/earnings/summary read:insights
GET /insights/fans read:insights read:fan
POST /insights/fans/batch read:insights read:fan
GET /insights/fans/{userUuid} read:insights read:fan
GET /insights/spending read:insights
GET /insights/subscribers read:insights
GET /insights/top-spenders read:insights read:fan
GET /media read:media
GET /media/bulk read:media
GET /media/links/{uuid}/purchased read:media
POST /media/uploads write:media
PATCH /media/uploads/{uploadId} write:media
GET /media/uploads/{uploadId}/parts/{partNumber}/url write:media
GET /media/{uuid} read:media
GET /media/{uuid}/entitled read:media
POST /media/{uuid}/grant write:media
GET /notifications read:self
GET /posts read:post
POST /posts write:post
GET /posts/{uuid} read:post
PATCH /posts/{uuid} write:post
DELETE /posts/{uuid} write:post
GET /posts/{uuid}/comments read:post
POST /posts/{uuid}/comments write:post
DELETE /posts/{uuid}/comments/{commentUuid} write:post
GET /posts/{uuid}/likes read:post
POST /posts/{uuid}/pin write:post
DELETE /posts/{uuid}/pin write:post
POST /posts/{uuid}/repost write:post
GET /posts/{uuid}/tips read:post
GET /subscribers read:fan
GET /tracking-links read:tracking_links
POST /tracking-links write:tracking_links
DELETE /tracking-links/{uuid} write:tracking_links
GET /tracking-links/{uuid}/users read:tracking_links
GET /tracking-links/{uuid}/users/{userUuid}/metadata read:tracking_links
GET /users/account read:self
GET /users/me read:self
GET /v1/chats read:chat
POST /v1/chats write:chat
GET /v1/chats/lists/custom read:chat read:fan
GET /v1/chats/lists/smart read:chat read:fan
GET /v1/chats/lists/smart/{uuid} read:chat read:fan
POST /v1/chats/mass-messages write:chat read:fan
POST /v1/chats/statuses read:chat
GET /v1/chats/templates read:chat
GET /v1/chats/{userUuid} read:chat
PATCH /v1/chats/{userUuid} write:chat
GET /v1/chats/{userUuid}/media read:chat
POST /v1/chats/{userUuid}/message write:chat
GET /v1/chats/{userUuid}/messages read:chat
GET /v1/chats/{userUuid}/messages/{messageUuid} read:chat
GET /v1/chats/{userUuid}/messages/{messageUuid}/media read:chat
POST /v1/chats/{userUuid}/typing write:chat
GET /v1/collections read:post
GET /v1/followers read:fan
GET /v1/insights/earnings read:insights
GET /v1/insights/earnings/summary read:insights
GET /v1/insights/fan-retention-summary read:insights
GET /v1/insights/fans read:insights read:fan
GET /v1/insights/fans/{userUuid} read:insights read:fan
GET /v1/insights/subscribers read:insights
GET /v1/insights/top-spenders read:insights read:fan
GET /v1/media read:media
GET /v1/media/bulk read:media
POST /v1/media/uploads write:media
PATCH /v1/media/uploads/{uploadId} write:media
GET /v1/media/uploads/{uploadId}/parts/{partNumber}/url write:media
GET /v1/media/{uuid} read:media
POST /v1/media/{uuid}/grant write:media
GET /v1/posts read:post
POST /v1/posts write:post
GET /v1/posts/{uuid} read:post
GET /v1/posts/{uuid}/comments read:post
POST /v1/posts/{uuid}/comments write:post
DELETE /v1/posts/{uuid}/comments/{commentUuid} write:post
GET /v1/subscribers read:fan
GET /v1/subscribers/{userUuid} read:fan
GET /v1/tracking-links read:tracking_links
GET /v1/users/account read:self
GET /v1/users/me read:self
GET /v1/webhooks/subscriptions read:self
POST /v1/webhooks/subscriptions read:self
DELETE /v1/webhooks/subscriptions/{id} read:self
GET /vault/folders read:media
POST /vault/folders write:media
GET /vault/folders/{folderName} read:media
PATCH /vault/folders/{folderName} write:media
DELETE /vault/folders/{folderName} write:media
GET /vault/folders/{folderName}/media read:media
POST /vault/folders/{folderName}/media write:media
DELETE /vault/folders/{folderName}/media/{mediaUuid} write:media
GET /webhooks/subscriptions read:self
POST /webhooks/subscriptions read:self
DELETE /webhooks/subscriptions/{id} read:self"""
