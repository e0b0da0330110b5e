/** What `--help` prints, and what follows the message of every usage error. */
export const USAGE = `Usage: live-config-bot [COMMAND]

  start               run the bot; the same as no command at all
  check [FILE]        check a configuration, without running anything
    --format FORMAT     human (the default), json, or github for annotations of a workflow
    --strict            fail on warnings, too
    --no-env            look at the file alone, and not at the environment
  print [FILE]        print the configuration as it would be in effect, secrets hidden
    --json              for programs
    --no-env            as above
  explain KEY [FILE]  print everything known of one key
    --no-env            as above
  health [FILE]       ask the running bot whether it is alive, where HTTP_LISTEN says
    --ready             ask whether it can answer people

  --help              print this
  --version           print the version of the program

Without FILE: the one that ENV_FILE names, or else .env in the working directory.

Exit codes: 0 valid or healthy, 1 unhealthy, 2 usage error, 3 warnings (with --strict), 78 invalid configuration
`;
