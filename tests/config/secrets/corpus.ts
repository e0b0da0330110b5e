import { TEMPLATE_HARMLESS, TEMPLATE_SECRETS } from './templates.js';

/**
 * Keys and values as they stand in real `.env` files, made up: what is between braces is filled with characters that a
 * seed decides, so that no scanner takes this file for a leak. After the rules of gitleaks and secretlint.
 */

const ALPHABETS: Readonly<Record<string, string>> = {
  a: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  l: 'abcdefghijklmnopqrstuvwxyz0123456789',
  u: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  h: '0123456789abcdef',
  d: '0123456789',
  w: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  b: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
};

/** `{a36}` becomes 36 letters and digits, the same ones on every run. */
function filled(line: string): string {
  let state = 7;
  for (const character of line) state = (Math.imul(state, 31) + character.charCodeAt(0)) >>> 0;
  return line.replaceAll(/\{([aluhdwb])(\d+)\}/g, (_all, kind: string, length: string) => {
    const alphabet = ALPHABETS[kind] ?? '';
    return Array.from({ length: Number(length) }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return alphabet.charAt((state >>> 8) % alphabet.length);
    }).join('');
  });
}

function entries(text: string): [key: string, value: string][] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const equals = line.indexOf('=');
      return [line.slice(0, equals), filled(line.slice(equals + 1)).replaceAll('\\n', '\n')];
    });
}

/** Of these the name tells it. */
const BY_NAME = entries(`
  MASTER_KEY={a32}
  APP_KEY=base64:{b43}=
  APP_SECRET={h32}
  SESSION_KEY={a24}
  SESSION_SECRET=keyboard cat
  SSH_KEY={a20}
  STRIPE_KEY={a24}
  JWT_KEY={a16}
  JWT_SECRET=change-me-please
  JWT={a24}
  REDIS_AUTH={a12}
  SMTP_AUTH={a12}
  REDISCLI_AUTH={a9}
  BASIC_AUTH=admin:{a9}
  DB_PW={a8}
  DB_PASS={a8}
  DB_PWD={a8}
  DB_PASSWORD={a10}
  DATABASE_PASSWORD=pa55
  dbPassword={a10}
  PGPASSWORD={a10}
  MYSQL_ROOT_PASSWORD={a10}
  MYSQL_PWD={a10}
  POSTGRES_PASSWORD=postgres
  REDIS_PASSWORD={a10}
  SMTP_PASS={a16}
  EMAIL_HOST_PASSWORD={a16}
  MAIL_PASSWORD=null-but-set
  LDAP_BIND_PASSWORD={a12}
  ADMIN_PASSWORD={l8}
  ROOT_PASS={l8}
  PASSWORD={l6}
  PASSPHRASE=correct horse battery staple
  GPG_PASSPHRASE={a20}
  SALT={h16}
  PASSWORD_SALT={h16}
  PASSWORD_PEPPER={h16}
  HASH_SALT={a12}
  MNEMONIC=legal winner thank year wave sausage worth useful legal winner thank yellow
  WALLET_SEED_PHRASE=legal winner thank year wave sausage worth useful legal winner thank yellow
  WALLET_MNEMONIC=legal winner thank
  PIN_CODE=4711
  PINCODE=4711
  SIM_PIN=8152
  DOOR_PIN=815299
  TOKEN={l10}
  BOT_TOKEN={a30}
  DISCORD_TOKEN={a30}
  TELEGRAM_TOKEN={a30}
  ACCESS_TOKEN={a30}
  AUTH_TOKEN={h32}
  REFRESH_TOKEN={a30}
  GITHUB_TOKEN={a30}
  CSRF_TOKEN={h20}
  VERIFICATION_TOKEN={a24}
  SLACK_SIGNING_SECRET={h32}
  CLIENT_SECRET={a28}
  OAUTH_CLIENT_SECRET={a28}
  GOOGLE_CLIENT_SECRET={a24}
  DISCORD_CLIENT_SECRET={w32}
  CONSUMER_SECRET={a24}
  API_SECRET={a24}
  WEBHOOK_SECRET={a24}
  SECRET={a10}
  SECRET_KEY={a32}
  SECRET_KEY_BASE={h64}
  DJANGO_SECRET_KEY={a40}
  NEXTAUTH_SECRET={b43}=
  COOKIE_SECRET={a24}
  COOKIE=sid={a24}
  SESSION_COOKIE={a24}
  API_KEY={a24}
  APIKEY={a24}
  OPENAI_API_KEY={a24}
  ANTHROPIC_API_KEY={a24}
  WEATHER_API_KEY={h32}
  GOOGLE_MAPS_API_KEY={a24}
  ALGOLIA_ADMIN_KEY={h32}
  ALGOLIA_API_KEY={h32}
  AIRTABLE_KEY=key{a14}
  MAILGUN_KEY={h32}
  SENDGRID_KEY={a22}
  TWILIO_AUTH_TOKEN={h32}
  DATADOG_APP_KEY={h40}
  DD_API_KEY={h32}
  NEWRELIC_LICENSE_KEY={h36}NRAL
  MAXMIND_LICENSE_KEY={a16}
  CLOUDFLARE_API_KEY={h37}
  CF_API_TOKEN={w40}
  HEROKU_API_KEY={h8}-{h4}-{h4}-{h4}-{h12}
  SNYK_TOKEN={h8}-{h4}-{h4}-{h4}-{h12}
  SENDBIRD_ACCESS_TOKEN={h40}
  SONAR_TOKEN={h40}
  CODECOV_TOKEN={h8}-{h4}-{h4}-{h4}-{h12}
  TRAVIS_TOKEN={a22}
  FASTLY_API_TOKEN={w32}
  OKTA_TOKEN=00{w40}
  ZENDESK_SECRET={a40}
  TWITTER_API_KEY={a25}
  TWITTER_API_SECRET={a50}
  TWITTER_ACCESS_TOKEN_SECRET={a45}
  TWITTER_BEARER_TOKEN={a90}
  TWITCH_CLIENT_SECRET={l30}
  SPOTIFY_CLIENT_SECRET={h32}
  FACEBOOK_APP_SECRET={h32}
  LINKEDIN_CLIENT_SECRET={a16}
  REDDIT_CLIENT_SECRET={w27}
  STEAM_API_KEY={u32}
  YOUTUBE_API_KEY={w39}
  GIPHY_API_KEY={a32}
  RAPIDAPI_KEY={l50}
  DEEPL_AUTH_KEY={h8}-{h4}-{h4}-{h4}-{h12}:fx
  ENCRYPTION_KEY={h64}
  ENCRYPTION_PASSWORD={a20}
  CRYPTO_KEY={h32}
  AES_KEY={h32}
  HMAC_KEY={h32}
  SIGNING_KEY={b43}=
  PRIVATE_KEY={h64}
  ETH_PRIVATE_KEY=0x{h64}
  PRIVATEKEY={h64}
  VAPID_PRIVATE_KEY={w43}
  RECAPTCHA_SECRET_KEY={w40}
  HCAPTCHA_SECRET=0x{h40}
  TURNSTILE_SECRET_KEY=0x{w35}
  MEILI_MASTER_KEY={w16}
  TYPESENSE_API_KEY={a32}
  ELASTIC_PASSWORD={a20}
  RABBITMQ_DEFAULT_PASS={a12}
  MINIO_ROOT_PASSWORD={a12}
  MINIO_SECRET_KEY={a32}
  S3_SECRET_KEY={b40}
  S3_ACCESS_KEY={u20}
  AWS_ACCESS_KEY_ID={u20}
  AWS_SECRET_ACCESS_KEY={b40}
  AWS_SESSION_TOKEN={b80}
  B2_APPLICATION_KEY=K00{a28}
  AZURE_STORAGE_KEY={b86}==
  AZURE_CLIENT_SECRET={w34}
  ACCOUNT_KEY={b43}=
  GCP_SERVICE_ACCOUNT_KEY={b100}
  GOOGLE_CREDENTIALS={b100}
  CREDENTIALS=user,{a12}
  CREDS={a12}
  DB_CREDS={a12}
  GITHUB_PAT={a30}
  AZURE_DEVOPS_PAT={l52}
  NPM_AUTH={a30}
  DOCKER_PASSWORD={a20}
  REGISTRY_PASSWORD={a20}
  DEPLOY_KEY={a30}
  TELEGRAM_API_HASH_SECRET={h32}
  LASTFM_SHARED_SECRET={h32}
  TOTP_SECRET={u32}
  TOTP={u16}
  OTP_SECRET={u16}
  WEBHOOK_URL=https://example.org/in/{a20}
  DISCORD_WEBHOOK=https://example.org/in/{a20}
  SLACK_WEBHOOK_URL=https://example.org/in/{a20}
  SENTRY_DSN=https://{h32}@o1.ingest.example.org/1
  CONNECTION_STRING=Server=db;User=me
  CONN_STR=Server=db;User=me
  WIFI_PSK={a12}
  ROUTER_PASSWD={a8}
  HTPASSWD=me:{a20}
  VAULT_UNSEAL_KEY={b43}=
  LICENSE_KEY={u5}-{u5}-{u5}-{u5}
  SOFTWARE_LICENCE_KEY={u5}-{u5}-{u5}
  BACKUP_KEY={a20}
  HUBOT_KEY={a20}
  TENOR_KEY={a12}
  FTP_PASSWORD={a8}
  SFTP_PASS={a8}
  IMAP_PASSWORD={a8}
  WP_AUTH_KEY={a40}
  NONCE_SALT={a40}
  LOGGED_IN_KEY={a40}
  BEARER={a30}
  API_TOKENS={a20},{a20}
`);

/** Of these the value tells it. */
const BY_VALUE = entries(`
  DATABASE=postgres://me:{a12}@db.example.org/app
  CACHE=redis://:{a12}@cache.example.org:6379
  QUEUE=amqp://me:{a12}@mq.example.org/vhost
  MONGO=mongodb+srv://me:{a12}@cluster0.example.org/app?retryWrites=true
  MAIL=smtp://me%40example.org:{a12}@smtp.example.org:587
  PROXY=http://me:{a12}@proxy.example.org:3128
  GIT=https://{a20}@git.example.org/me/it.git
  MODELS=https://api.example.org/v1?subscription-key={h32}
  FUNCTION=https://it.example.org/api/run?code={w40}==
  FEED=https://api.example.org/v1?accesskey={h32}
  STORE=https://it.example.org/c?sv=2022-11-02&sig={a30}%3D
  HOOK=https://example.org/hook?t={a16}
  CALLBACK=https://example.org/back#access_token={a24}
  CHAT=https://chat.example.org/v1/spaces/A/messages?key={w39}&token={w43}
  MAP=https://tiles.example.org/s.png?apikey={h32}
  DB_ADO=Server=db;Database=app;User Id=me;Password={a10};
  DB_ADO2=Data Source=db;Uid=me;Pwd={a10};
  DB_LIBPQ=host=db user=me password={a10} dbname=app
  DB_JDBC=jdbc:postgresql://db/app?user=me&password={a10}
  BLOBS=DefaultEndpointsProtocol=https;AccountName=me;AccountKey={b86}==;EndpointSuffix=core.example.org
  BUS=Endpoint=sb://it.example.org/;SharedAccessKeyName=Root;SharedAccessKey={b43}=
  CACHE2=cache.example.org:6380,password={b43}=,ssl=True
  ALERTS=https://hooks.slack.com/services/T{u8}/B{u8}/{a24}
  FLOW=https://hooks.slack.com/workflows/T{u8}/A{u8}/{d17}/{a24}
  TEAMS=https://it.webhook.office.com/webhookb2/{h8}-{h4}-{h4}-{h4}-{h12}@{h8}-{h4}-{h4}-{h4}-{h12}/IncomingWebhook/{h32}/{h8}-{h4}-{h4}-{h4}-{h12}
  NOTIFY=https://discord.com/api/webhooks/{d18}/{w68}
  MATTER=https://chat.example.org/hooks/{l26}
  ZAP=https://hooks.zapier.com/hooks/catch/{d7}/{l7}/{l12}
  PING=https://hc-ping.com/{h8}-{h4}-{h4}-{h4}-{h12}
  TELEGRAM=bot{d10}:AA{w33}
  TELEGRAM2={d10}:AA{w33}
  MAILER=SG.{w22}.{w43}
  BOT=M{a23}.{a6}.{w38}
  BOT2=O{a25}.{a6}.{w27}
  MODEL1=sk-{a20}T3BlbkFJ{a20}
  MODEL2=sk-proj-{w74}T3BlbkFJ{w74}
  MODEL3=sk-ant-api03-{w93}AA
  MODEL4=gsk_{a52}
  MODEL5=xai-{a80}
  MODEL6=r8_{a37}
  MODEL7=hf_{a34}
  MODEL8=pplx-{a48}
  MODEL9=nvapi-{w64}
  PAY1=sk_live_{a24}
  PAY2=rk_test_{a24}
  PAY3=whsec_{a32}
  PAY4=EAAA{w60}
  PAY5=sq0atp-{w22}
  PAY6=FLWSECK_TEST-{h32}-X
  PAY7=shippo_live_{h40}
  PAY8=duffel_live_{w43}
  REPO1=ghp_{a36}
  REPO2=gho_{a36}
  REPO3=ghs_{a36}
  REPO4=github_pat_{a22}_{a59}
  REPO5=glpat-{w20}
  REPO6=gldt-{w20}
  REPO7=glrt-{w20}
  REPO8=GR1348941{w20}
  REPO9=ATBB{a32}
  REPO10=ATATT3{w186}
  PKG1=npm_{a36}
  PKG2=pypi-AgEIcHlwaS5vcmc{w60}
  PKG3=rubygems_{h48}
  PKG4=CLOJARS_{l60}
  PKG5=dckr_pat_{w27}
  PKG6=cmVmd{a59}
  PKG7=AKCp{a69}
  TALK1=xoxb-{d12}-{d12}-{a24}
  TALK2=xoxp-{d12}-{d12}-{d12}-{h32}
  TALK3=xapp-1-A{u10}-{d13}-{h64}
  TALK4=xoxe.xoxp-1-{u163}
  CLOUD1=AKIA{u16}
  CLOUD2=ASIA{u16}
  CLOUD3=AIza{w35}
  CLOUD4=ya29.{w80}
  CLOUD5=GOCSPX-{w28}
  CLOUD6=dop_v1_{h64}
  CLOUD7=LTAI{a20}
  CLOUD8={a3}8Q~{w34}
  CLOUD9=hvs.{w95}
  CLOUD10=dp.pt.{a43}
  CLOUD11=dapi{h32}
  CLOUD12=pul-{h40}
  CLOUD13={a14}.atlasv1.{w65}
  CLOUD14=fo1_{w43}
  CLOUD15=pscale_pw_{w43}
  CLOUD16=v1.0-{h24}-{h146}
  CLOUD17=AQVN{w36}
  CLOUD18=t1.{a40}.{w86}
  CLOUD19=tskey-auth-{a12}-{a32}
  CLOUD20=ABSK{b120}
  TOOL1=lin_api_{a40}
  TOOL2=ntn_{d11}{a35}
  TOOL3=secret_{a43}
  TOOL4=PMAK-{h24}-{h34}
  TOOL5=figd_{w40}
  TOOL6=glc_{a40}
  TOOL7=glsa_{a32}_{h8}
  TOOL8=sntryu_{h64}
  TOOL9=NRAK-{u27}
  TOOL10=dt0c01.{u24}.{u64}
  TOOL11=rdme_{l70}
  TOOL12=sgp_{h40}
  TOOL13=squ_{h40}
  TOOL14=pat{a14}.{h64}
  TOOL15=tfp_{a44}_{a14}
  TOOL16=EZAK{a54}
  TOOL17=API-{u26}
  TOOL18=A3-{u6}-{u11}-{u5}-{u5}-{u5}
  TOOL19=ops_eyJ{a250}
  TOOL20=AGE-SECRET-KEY-1{u58}
  TOOL21={a6}_{a29}_mmk
  MAIL1=xkeysib-{h64}-{a16}
  MAIL2=key-{h32}
  MAIL3={h32}-us14
  MAIL4=re_{a8}_{a24}
  PHONE=SK{h32}
  SHOP1=shpat_{h32}
  SHOP2=shpss_{h32}
  SOCIAL1=EAAC{a120}
  SOCIAL2={d16}|{w27}
  TASKS=1/{d16}:{h32}
  SESSION=eyJ{a30}.eyJ{a60}.{w43}
  JSON1={"type":"service_account","private_key":"{a30}"}
  JSON2={"user":"me","password":"{a8}"}
  JSON3={"auths":{"r.example.org":{"auth_token":"{a24}"}}}
  HEADER=Authorization: Bearer {a20}
  HEADER2=Bearer {a10}8{a20}
  HEADER3=X-Api-Key: {a20}7
  CALL=curl -u me:{a10} https://example.org
  CALL2=mysql --user=me --password={a10}
  PEM1=-----BEGIN RSA PRIVATE KEY-----\\n{b64}\\n-----END RSA PRIVATE KEY-----
  PEM2=-----BEGIN OPENSSH PRIVATE KEY-----\\n{b64}\\n-----END OPENSSH PRIVATE KEY-----
  PEM3=-----BEGIN PGP PRIVATE KEY BLOCK-----\\n\\n{b64}\\n-----END PGP PRIVATE KEY BLOCK-----
  PEM4=-----BEGIN ENCRYPTED PRIVATE KEY-----\\n{b64}
  SOMETHING={h32}
  SOMETHING2={a43}
  SOMETHING3={b43}=
  SOMETHING4={w64}
`);

/** Of these nothing is a secret. */
const HARMLESS = entries(`
  MAX_TOKENS=4096
  MAX_OUTPUT_TOKENS=1024
  TOKENS=2000
  TOKEN_LIMIT=100
  TOKENS_PER_MINUTE=9000
  TOKEN_TTL=3600
  TOKEN_EXPIRES_IN=15m
  ACCESS_TOKEN_LIFETIME=1h
  TOKEN_URL=https://id.example.org/oauth/token
  TOKEN_ENDPOINT=https://id.example.org/token
  TOKEN_TYPE=bearer
  TOKEN_HEADER=X-Token
  TOKEN_ISSUER=https://id.example.org
  TOKEN_DECIMALS=18
  TOKEN_SYMBOL=EXM
  PUBLIC_KEY={b43}=
  VAPID_PUBLIC_KEY=BExample
  STRIPE_PUBLISHABLE_KEY=not-set-yet
  RECAPTCHA_SITE_KEY=6Lexample
  PRIMARY_KEY=id
  FOREIGN_KEY=user_id
  SORT_KEY=created
  PARTITION_KEY=tenant
  CACHE_KEY=user-cache-v2
  CACHE_KEY_PREFIX=it:
  REDIS_KEY_PREFIX=bot:
  HOT_KEY=ctrl+k
  SHORTCUT_KEY=F12
  A_KEY=1
  B_KEY=2
  KEY=value
  MAP_KEY=name
  I18N_KEY=home.title
  KEY_LENGTH=32
  KEY_ID=main
  KEYBOARD=de
  KEYBOARD_LAYOUT=qwerty
  MONKEY=banana
  TURKEY=country
  KEYCLOAK_URL=https://id.example.org
  KEYCLOAK_REALM=main
  COOKIE_NAME=sid
  COOKIE_DOMAIN=example.org
  COOKIE_PATH=/
  COOKIE_MAX_AGE=86400
  COOKIE_SECURE=true
  COOKIE_SAMESITE=lax
  SESSION_COOKIE_NAME=sid
  SESSION_LIFETIME=120
  SESSION_DRIVER=file
  SESSION_TIMEOUT=30m
  PASSWORD_POLICY=strict
  PASSWORD_MIN_LENGTH=12
  PASSWORD_MAX_AGE=90
  PASSWORD_RESET_TIMEOUT=3600
  PASSWORD_RESET_URL=https://example.org/reset
  PASSWORD_HASH_ROUNDS=12
  PASSWORD_FILE=/run/secrets/db_password
  POSTGRES_PASSWORD_FILE=/run/secrets/pg
  SALT_ROUNDS=10
  SECRET_NAME=my-app-tls
  SECRETS_DIR=/run/secrets
  SECRET_MANAGER=aws
  SECRETS_BACKEND=vault
  CREDENTIALS_FILE=/etc/it/credentials.json
  GOOGLE_APPLICATION_CREDENTIALS=/etc/it/account.json
  SSL_KEY=/etc/ssl/private/it.pem
  SSH_KEY_PATH=/home/me/.ssh/id_ed25519
  SSL_CERT=/etc/ssl/certs/it.pem
  AUTH_URL=https://id.example.org/auth
  AUTH_ENABLED=true
  REQUIRE_AUTH=yes
  USE_AUTH=false
  SMTP_AUTH=login
  AUTH_PROVIDER=github
  AUTH_MODE=oauth
  AUTH_METHOD=basic
  AUTH_STRATEGY=local
  AUTHOR=Jane Doe
  AUTHOR_EMAIL=jane@example.org
  AUTHORITY=https://login.example.org/common
  OAUTH_SCOPES=identify guilds
  OAUTH_REDIRECT_URI=https://example.org/callback
  CLIENT_ID=123456789012345678
  DISCORD_CLIENT_ID=123456789012345678
  GUILD_ID=123456789012345678
  OWNER_IDS=123456789012345678,223456789012345678
  CHANNEL=general
  WEBHOOK_PORT=8080
  WEBHOOK_PATH=/hooks
  WEBHOOK_EVENTS=push,pull
  WEBHOOK_TIMEOUT=30
  LED_PIN=4
  GPIO_PIN=18
  PINNED=true
  PIN_MESSAGES=true
  SEED=42
  DB_SEED=true
  RANDOM_SEED=1234
  PASS_THROUGH=1-to-1-mapping
  BYPASS=none
  COMPASS=north
  SURPASS=never
  LOG_LEVEL=info
  NODE_ENV=production
  PORT=3000
  HOST=0.0.0.0
  TZ=Europe/Berlin
  LANG=en_US.UTF-8
  DEBUG=*
  PREFIX=!
  BOT_PREFIX=!
  BOT_NAME=Live Config
  BOT_ACTIVITY=the configuration
  MODEL=gpt-4o-mini-2024-07-18
  MODEL2=claude-3-5-sonnet-20241022
  MODEL3=meta-llama/Llama-3.3-70B-Instruct-Turbo
  MODEL4=meta-llama/Meta-Llama-3.1-405B-Instruct-FP8
  MODEL5=anthropic/claude-3.7-sonnet-thinking-20250219
  MODEL6=deepseek-ai/DeepSeek-R1-Distill-Qwen-32B
  MODEL7=mistralai/Mixtral-8x22B-Instruct-v0.1
  MODEL8=nvidia/llama-3.1-nemotron-70b-instruct
  WHISPER_MODEL=whisper-large-v3-turbo
  EMBEDDING=text-embedding-3-large
  IMAGE=registry.example.org/team/app:v1.2.3-alpine
  HOSTNAME=ec2-54-123-45-67.compute-1.example.org
  DB_HOST=main-db-2.cluster-production.eu-central-1.example.org
  POD_NAME=live-config-bot-production-deployment-1
  SERVER=db-01.internal.example.org
  NAMESPACE=live-config-bot-production-eu-west-1
  RESOURCE_ID=f81d4fae-7dec-11d0-a765-00a0c91e6bf6
  TENANT=f81d4fae-7dec-11d0-a765-00a0c91e6bf6
  PROJECT=6ba7b810-9dad-11d1-80b4-00c04fd430c8
  GIT_COMMIT={h40}
  COMMIT_SHA={h40}
  IMAGE_DIGEST=sha256:{h64}
  CHECKSUM={h64}
  BUILD_ID={h32}
  RELEASE=v2.14.0-rc.1+build.20261124
  VERSION=1.2.3
  API_URL=https://api.example.org/v1
  API_BASE=https://api.example.org/v1?api-version=2024-10-21
  OPENAI_API_BASE=https://it.openai.example.org/openai/deployments/gpt?api-version=2024-10-21
  API_VERSION=v10
  API_TIMEOUT=30
  API_ENDPOINT=https://api.example.org/graphql
  DATABASE_URL=postgres://db.example.org:5432/app?sslmode=require
  DATABASE_URL2=mysql://db.example.org/app?charset=utf8mb4&connection_limit=5
  SQLITE=file:./data/app.db?cache=shared&mode=rwc
  MONGO_URL=mongodb://db.example.org/app?replicaSet=rs0&retryWrites=true&w=majority
  REDIS_URL=redis://cache.example.org:6379/0
  SITE=https://example.org/docs/page?lang=en&page=2#install
  INVITE=https://discord.com/oauth2/authorize?scope=bot&permissions=8
  VIDEO=https://video.example.org/watch?v=intro
  FEED_URL=https://example.org/feed?limit=20&sort=new
  HOMEPAGE=https://example.org/#/about
  MAILTO=mailto:me@example.org
  CORS=https://a.example.org,https://b.example.org
  DB_NAME=app
  DB_USER=app
  DB_PORT=5432
  DB_SSL=true
  DB_POOL_SIZE=10
  MYSQL_DATABASE=app
  POSTGRES_USER=postgres
  S3_BUCKET=my-bucket-production-eu-west-1
  AWS_REGION=eu-central-1
  AWS_DEFAULT_REGION=us-east-1
  S3_ENDPOINT=https://s3.example.org
  ACCESS_LOG=/var/log/access.log
  ACCESS_CONTROL=public
  PRIVATE=false
  PRIVATE_CHANNEL=123456789012345678
  SIGNATURE=Yours, the bot
  SIGNATURE_ALGORITHM=HS256
  JWT_ALGORITHM=HS256
  JWT_EXPIRES_IN=7d
  JWT_ISSUER=https://example.org
  JWT_AUDIENCE=example
  ENCRYPTION=tls
  ENCRYPTION_ALGORITHM=aes-256-gcm
  CIPHER=aes-256-gcm
  HASH=sha256
  DATA_DIR=/var/lib/bot
  PROMPT_FILE=./prompt.md
  WELCOME=Welcome to the server!
  RULES=Be kind, and read https://example.org/rules?lang=en
  COLOR=#5865f2
  COLOURS=#ff0000,#00ff00
  CRON=0 */5 * * *
  TIMEOUT=30s
  RATE_LIMIT=100/minute
  FEATURE_FLAGS=a,b,c
  TRUST_PROXY=1
  MAX_USER_MEMORY=20
  CONFIG_PUBLIC_KEYS=TOKEN_A,SECRET_B
  CONFIG_SECRET_KEYS=TOKEN_A,SECRET_B
  EMAIL=me@example.org
  PHONE=+49 30 123456
  ADDRESS=1 Example Street, 12345 Town
  COORDINATES=52.5200,13.4050
  JSON={"name":"it","color":"blue","limit":12}
  LIST=["one","two","three"]
  REGEX=^[a-z0-9]+$
  TEMPLATE={user} joined {server}
  MIME=application/json; charset=utf-8
  USER_AGENT=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36
  JAVA_OPTS=-Xmx512m -XX:+UseG1GC
  NODE_OPTIONS=--max-old-space-size=4096 --enable-source-maps
  PATH_EXTRA=/usr/local/bin:/usr/bin:/bin
  ACCESS=read-write
  LICENSE=MIT
  HASHTAG=#live
  STATUS=online
  PASSENGERS=4
  SECRETARY=Jane
  TOKENIZER=cl100k_base
  TOKENIZER_MODEL=o200k_base
  WEBSITE_KEYWORDS=bot,config,live
  KEYFRAME=12
  CREDIT=100
  CREDIT_LIMIT=500
  DISNEY=world
  SALTWATER=true
  COOKIEBOT=off
`);

export const SECRETS: readonly (readonly [key: string, value: string])[] = [
  ...BY_NAME,
  ...BY_VALUE,
  ...entries(TEMPLATE_SECRETS),
];
export const NO_SECRETS: readonly (readonly [key: string, value: string])[] = [
  ...HARMLESS,
  ...entries(TEMPLATE_HARMLESS),
];
