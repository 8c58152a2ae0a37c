/** Scripts that the bundler puts in as text. */
declare module '*.py' {
  const text: string;
  export default text;
}
