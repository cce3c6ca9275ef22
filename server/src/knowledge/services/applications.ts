import type { ServiceImage } from "../serviceImages";
import { known, officialDocs, rootMaster, rootWithForeignFiles, stepDown } from "./facts";

const wordpressDocs = officialDocs("wordpress");
const wordpressScript = "https://github.com/docker-library/wordpress/blob/master/docker-entrypoint.sh";
const nextcloudScript = "https://github.com/nextcloud/docker/blob/master/docker-entrypoint.sh";
const ghostScript = "https://github.com/docker-library/ghost/blob/master/6/debian/docker-entrypoint.sh";
const ghostFile = "https://github.com/docker-library/ghost/blob/master/6/debian/Dockerfile";
const phpmyadminScript = "https://github.com/phpmyadmin/docker/blob/master/docker-entrypoint.sh";
const adminerScript = "https://github.com/TimWolla/docker-adminer/blob/master/5/entrypoint.sh";
const keycloakDocs = "https://www.keycloak.org/server/containers";
const n8nSettings =
  "https://github.com/n8n-io/n8n/blob/master/packages/core/src/instance-settings/instance-settings.ts";
const apacheStops = "https://httpd.apache.org/docs/2.4/stopping.html";
const adminerFile = "https://github.com/TimWolla/docker-adminer/blob/master/5/Dockerfile";
const pgadminFile = "https://github.com/pgadmin-org/pgadmin4/blob/master/Dockerfile";
const pgadminDocs = "https://www.pgadmin.org/docs/pgadmin4/latest/container_deployment.html";
const vaultwardenFile = "https://github.com/dani-garcia/vaultwarden/blob/main/docker/Dockerfile.debian";
const mailhogFile = "https://github.com/mailhog/MailHog/blob/master/Dockerfile";
const n8nFile = "https://github.com/n8n-io/n8n/blob/master/docker/images/n8n/Dockerfile";
const metabaseScript = "https://github.com/metabase/metabase/blob/master/bin/docker/run_metabase.sh";
const supersetFile = "https://github.com/apache/superset/blob/master/Dockerfile";
const airflowDocs = "https://airflow.apache.org/docs/docker-stack/entrypoint.html";

/** What an apache process of root needs that also unpacks an application for its workers. */
const apacheWithFiles: readonly string[] = [...rootMaster, "FOWNER"];

/** Where apache and PHP write for a moment: sockets, locks, uploads and sessions. */
const apacheScratch: readonly string[] = ["/run", "/tmp"];

/** Applications that people open in a browser. */
export const applicationImages: readonly ServiceImage[] = [
  {
    title: "WordPress",
    names: ["docker.io/library/wordpress"],
    exceptTags: ["cli*"],
    user: known(wordpressDocs, { start: "root" }),
    capabilities: known(wordpressScript, apacheWithFiles),
    writable: known(wordpressScript, { volumes: ["/var/www/html"], scratch: apacheScratch }),
    programs: ["apache2-foreground", "php-fpm"],
    ports: known(wordpressDocs, [80]),
    secretFiles: known(wordpressDocs, {
      variables: [
        ...["WORDPRESS_DB_HOST", "WORDPRESS_DB_USER", "WORDPRESS_DB_PASSWORD", "WORDPRESS_DB_NAME"],
        ...["WORDPRESS_AUTH_KEY", "WORDPRESS_SECURE_AUTH_KEY", "WORDPRESS_LOGGED_IN_KEY"],
        ...["WORDPRESS_NONCE_KEY", "WORDPRESS_AUTH_SALT", "WORDPRESS_SECURE_AUTH_SALT"],
        ...["WORDPRESS_LOGGED_IN_SALT", "WORDPRESS_NONCE_SALT", "WORDPRESS_TABLE_PREFIX", "WORDPRESS_DEBUG"],
      ],
      suffix: "_FILE",
    }),
  },
  {
    title: "Nextcloud",
    names: ["docker.io/library/nextcloud"],
    user: known(nextcloudScript, { start: "root" }),
    capabilities: known(nextcloudScript, ["AUDIT_WRITE", ...apacheWithFiles]),
    writable: known(nextcloudScript, {
      volumes: ["/var/www/html"],
      scratch: apacheScratch,
      unlessSet: ["REDIS_HOST", "APACHE_DISABLE_REWRITE_IP", "NEXTCLOUD_DATA_DIR"],
    }),
    programs: ["apache2-foreground", "php-fpm"],
    ports: known(officialDocs("nextcloud"), [80]),
    secretFiles: known(nextcloudScript, {
      variables: [
        ...["NEXTCLOUD_ADMIN_PASSWORD", "NEXTCLOUD_ADMIN_USER", "MYSQL_DATABASE", "MYSQL_PASSWORD"],
        ...["MYSQL_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_USER", "REDIS_HOST_PASSWORD"],
      ],
      suffix: "_FILE",
    }),
    limits: { memory: "1g" },
  },
  {
    title: "Ghost",
    names: ["docker.io/library/ghost"],
    user: known(ghostScript, { start: "root", uid: 1000 }),
    capabilities: known(ghostScript, stepDown),
    writable: known(ghostFile, {
      volumes: ["/var/lib/ghost/content"],
      scratch: ["/tmp"],
      exceptTags: ["0*", "1*", "2*", "3*", "4*"],
    }),
    ports: known(officialDocs("ghost"), [2368]),
    limits: { memory: "1g" },
  },
  {
    title: "Drupal",
    names: ["docker.io/library/drupal"],
    user: known(officialDocs("drupal"), { start: "root" }),
    capabilities: known(apacheStops, rootMaster),
    writable: known(officialDocs("drupal"), {
      volumes: [],
      scratch: apacheScratch,
      kept: ["/var/www/html/sites"],
    }),
    programs: ["apache2-foreground", "php-fpm"],
    ports: known(officialDocs("drupal"), [80]),
  },
  {
    title: "Joomla",
    names: ["docker.io/library/joomla"],
    user: known(officialDocs("joomla"), { start: "root" }),
    ports: known(officialDocs("joomla"), [80]),
    secretFiles: known(officialDocs("joomla"), { variables: ["JOOMLA_DB_PASSWORD"], suffix: "_FILE" }),
  },
  {
    title: "phpMyAdmin",
    names: ["docker.io/library/phpmyadmin", "docker.io/phpmyadmin/phpmyadmin"],
    user: known(officialDocs("phpmyadmin"), { start: "root" }),
    capabilities: known(apacheStops, rootMaster),
    rewritesItself: known(phpmyadminScript, "its entrypoint makes the key of its cookies in /etc/phpmyadmin"),
    programs: ["apache2-foreground", "php-fpm"],
    ports: known(officialDocs("phpmyadmin"), [80]),
    secretFiles: known(phpmyadminScript, {
      variables: [
        ...["PMA_USER", "PMA_PASSWORD", "MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD", "PMA_HOSTS", "PMA_HOST"],
        ...["PMA_CONTROLHOST", "PMA_CONTROLUSER", "PMA_CONTROLPASS"],
      ],
      suffix: "_FILE",
    }),
  },
  {
    title: "Adminer",
    names: ["docker.io/library/adminer"],
    user: known(adminerFile, { start: "adminer" }),
    capabilities: known(adminerFile, []),
    writable: known(adminerScript, {
      volumes: [],
      scratch: ["/tmp"],
      unlessSet: ["ADMINER_DESIGN", "ADMINER_PLUGINS"],
    }),
    programs: ["php"],
    ports: known(adminerFile, [8080]),
  },
  {
    title: "pgAdmin",
    names: ["docker.io/dpage/pgadmin4"],
    user: known(pgadminFile, { start: "5050", uid: 5050 }),
    capabilities: known(pgadminFile, ["NET_BIND_SERVICE"]),
    fileCapabilities: ["NET_BIND_SERVICE"],
    gainsPrivileges: known(pgadminFile, "it starts its mail server with sudo"),
    ports: known(pgadminFile, [80, 443]),
    secretFiles: known(pgadminDocs, { variables: ["PGADMIN_DEFAULT_PASSWORD"], suffix: "_FILE" }),
  },
  {
    title: "Vaultwarden",
    names: ["docker.io/vaultwarden/server", "ghcr.io/dani-garcia/vaultwarden"],
    user: known(vaultwardenFile, { start: "root" }),
    capabilities: known(vaultwardenFile, ["DAC_OVERRIDE", "NET_BIND_SERVICE"]),
    writable: known(vaultwardenFile, { volumes: ["/data"], scratch: ["/tmp"] }),
    ports: known(vaultwardenFile, [80]),
    secretFiles: known("https://github.com/dani-garcia/vaultwarden/blob/main/src/util.rs", {
      variables: ["ADMIN_TOKEN", "DATABASE_URL", "SMTP_PASSWORD", "YUBICO_SECRET_KEY"],
      suffix: "_FILE",
    }),
  },
  {
    title: "MailHog",
    names: ["docker.io/mailhog/mailhog"],
    user: known(mailhogFile, { start: "mailhog", uid: 1000 }),
    capabilities: known(mailhogFile, []),
    writable: known("https://github.com/mailhog/MailHog/blob/master/docs/CONFIG.md", {
      volumes: [],
      scratch: [],
      unlessSet: ["MH_MAILDIR_PATH", "MH_STORAGE", "-maildir-path*", "-storage*"],
    }),
    ports: known(mailhogFile, [1025, 8025]),
    credentials: known(mailhogFile, "no password"),
  },
  {
    title: "n8n",
    names: ["docker.io/n8nio/n8n", "docker.n8n.io/n8nio/n8n"],
    user: known(n8nFile, { start: "node", uid: 1000 }),
    capabilities: known(n8nFile, []),
    writable: known(n8nSettings, {
      volumes: [],
      scratch: ["/tmp", "/home/node/.cache"],
      kept: ["/home/node/.n8n"],
    }),
    programs: ["start", "worker", "webhook"],
    ports: known(n8nFile, [5678]),
    secretFiles: known("https://docs.n8n.io/hosting/configuration/configuration-methods/", {
      variables: ["DB_POSTGRESDB_PASSWORD", "DB_POSTGRESDB_USER"],
      suffix: "_FILE",
    }),
    limits: { memory: "1g" },
  },
  {
    title: "Metabase",
    names: ["docker.io/metabase/metabase"],
    user: known(metabaseScript, { start: "root" }),
    rewritesItself: known(metabaseScript, "its start script adds a user and changes the mode of its program"),
    ports: known(
      "https://www.metabase.com/docs/latest/installation-and-operation/running-metabase-on-docker",
      [3000],
    ),
    secretFiles: known(metabaseScript, {
      variables: [
        ...["MB_DB_USER", "MB_DB_PASS", "MB_DB_CONNECTION_URI", "MB_EMAIL_SMTP_PASSWORD"],
        ...["MB_EMAIL_SMTP_USERNAME", "MB_LDAP_PASSWORD", "MB_LDAP_BIND_DN"],
      ],
      suffix: "_FILE",
    }),
    limits: { memory: "2g", pids: 2048 },
  },
  {
    title: "Apache Superset",
    names: ["docker.io/apache/superset"],
    user: known(supersetFile, { start: "superset", uid: 1000 }),
    capabilities: known(supersetFile, []),
    ports: known(supersetFile, [8088]),
    limits: { memory: "2g", pids: 1000 },
  },
  {
    title: "Apache Airflow",
    names: ["docker.io/apache/airflow"],
    user: known(airflowDocs, { start: "airflow", uid: 50000 }),
    limits: { memory: "4g", pids: 2048 },
  },
  {
    title: "Keycloak",
    names: ["quay.io/keycloak/keycloak", "docker.io/keycloak/keycloak"],
    user: known("https://github.com/keycloak/keycloak/blob/main/quarkus/container/Dockerfile", {
      start: "1000",
      uid: 1000,
    }),
    capabilities: known("https://github.com/keycloak/keycloak/blob/main/quarkus/container/Dockerfile", []),
    rewritesItself: known(keycloakDocs, "it builds itself anew in /opt/keycloak/lib/quarkus when it starts"),
    programs: ["start", "start-dev"],
    ports: known("https://github.com/keycloak/keycloak/blob/main/quarkus/container/Dockerfile", [8080, 8443]),
    limits: { memory: "2g", pids: 2048 },
  },
  {
    title: "Portainer",
    names: ["docker.io/portainer/portainer-ce", "docker.io/portainer/portainer-ee"],
    user: known("https://github.com/portainer/portainer/blob/develop/build/linux/Dockerfile", {
      start: "root",
    }),
    capabilities: known(
      "https://github.com/portainer/portainer/blob/develop/build/linux/Dockerfile",
      rootWithForeignFiles,
    ),
    ports: known(
      "https://github.com/portainer/portainer/blob/develop/build/linux/Dockerfile",
      [8000, 9000, 9443],
    ),
  },
  {
    title: "Watchtower",
    names: ["docker.io/containrrr/watchtower"],
    user: known("https://github.com/containrrr/watchtower/blob/main/dockerfiles/Dockerfile", {
      start: "root",
    }),
    capabilities: known(
      "https://github.com/containrrr/watchtower/blob/main/dockerfiles/Dockerfile",
      rootWithForeignFiles,
    ),
    writable: known("https://github.com/containrrr/watchtower/blob/main/dockerfiles/Dockerfile", {
      volumes: [],
      scratch: [],
    }),
    ports: known("https://github.com/containrrr/watchtower/blob/main/dockerfiles/Dockerfile", [8080]),
  },
];
