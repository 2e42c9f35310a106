import { csvLine } from './csv-line.rules';

describe('csvLine', () => {
  it.each([
    [['1', 'a@b.c'], '1,a@b.c\r\n'],
    [['a,b', 'say "x"'], '"a,b","say ""x"""\r\n'],
    [['two\nlines'], '"two\nlines"\r\n'],
    [['=cmd()', '+1', '-1', '@x', '\tx'], "'=cmd(),'+1,'-1,'@x,'\tx\r\n"],
    [['＝1', '＋1', '－1', '＠x', '\n=1'], "'＝1,'＋1,'－1,'＠x,\"'\n=1\"\r\n"],
    [['', ''], ',\r\n'],
  ])('%j', (cells, line) => expect(csvLine(cells)).toBe(line));
});
