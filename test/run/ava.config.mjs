/** What the test of test/run.mjs lets ava run. */
export default { files: ['test/run/*.fixture.mjs'], cache: false }
