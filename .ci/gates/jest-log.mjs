/** The end of a run as Jest prints it. */
export const jestLog = (tests, suites = '1 passed, 1 total') =>
  `Test Suites: ${suites}\nTests:       ${tests}\nSnapshots:   0 total\nTime:        1 s\nRan all test suites.\n`;
