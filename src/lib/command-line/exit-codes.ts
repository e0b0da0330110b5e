export const EXIT_OK = 0;
export const EXIT_FAILURE = 1;
/** The command line makes no sense. */
export const EXIT_USAGE = 2;
/** There are warnings, and none are allowed. */
export const EXIT_WARNINGS = 3;
/** EX_CONFIG of BSD's sysexits.h: no restart helps until somebody changes something. */
export const EXIT_CONFIGURATION = 78;
