import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.*;

/** How many documents a second Saxon-HE transforms: parse, transform, serialise, on one thread of a warm JVM. */
public class SaxonBench {
  private final Xslt30Transformer transformer;
  private final DocumentBuilder builder;
  private final Processor processor;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
  private final byte[] input;

  SaxonBench(String stylesheet, byte[] input) throws Exception {
    processor = new Processor(false);
    builder = processor.newDocumentBuilder();
    transformer = processor.newXsltCompiler().compile(new StreamSource(new File(stylesheet))).load30();
    this.input = input;
  }

  private void once() throws Exception {
    out.reset();
    XdmNode document = builder.build(new StreamSource(new ByteArrayInputStream(input)));
    transformer.applyTemplates(document, transformer.newSerializer(out));
  }

  private double rate(double seconds) throws Exception {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    int count = 0;
    while (System.nanoTime() < end) {
      once();
      count++;
    }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  public static void main(String[] words) throws Exception {
    byte[] visit = Files.readAllBytes(Paths.get(words[1]));
    if (words[2].equals("batch")) visit = batch(visit);
    SaxonBench bench = new SaxonBench(words[0], visit);
    bench.rate(Double.parseDouble(words[3]));
    double best = 0;
    for (int round = 0; round < 5; round++) best = Math.max(best, bench.rate(1));
    System.out.printf(java.util.Locale.ROOT, "{\"name\": \"%s.saxon\", \"perSecond\": %.1f}%n", words[2], best);
  }

  private static byte[] batch(byte[] visit) {
    String one = new String(visit, StandardCharsets.UTF_8);
    StringBuilder all = new StringBuilder("<visits>");
    for (int i = 0; i < 1000; i++) all.append(one);
    return all.append("</visits>").toString().getBytes(StandardCharsets.UTF_8);
  }
}
