"""Where music21 reads a figure or symbol as players mean it, and where it does not.

The lists are data for ``test_against_music21``. ``AGREED`` figures are read alike in C major
and in A minor; what music21 hears in the ``MISREAD`` ones is written out beside what is meant.
"""

_AGREED_FIGURES = """
#IV #iio #iio7 #iiø7 #io #io7 #iv #ivo #ivo7 #ivø7 #iø7 #vo #vo7 #vø7 Cad64 I I+ I42 I43 I6 I64 I65 II II+7 II7 III
III+ III6 III64 IV IV/IV IV/V IV42 IV43 IV6 IV64 IV65 N N53 N6 V V+ V+7 V/III V/IV V/V V/VI V/VII V/bII V/ii
V/iii V/iv V/v V/vi V2 V42 V43 V6 V64 V65 V65/V V65/ii V65/iii V65/iv V65/vi V7 V7/III V7/IV V7/V V7/V/ii V7/VI V7/VII
V7/bII V7/ii V7/iii V7/iv V7/v V7/vi V9/IV V9/V VI VI6 VI64 VII VII6 VII64 VII7 bII bIImaj7 bV bVmaj7 bii bii7
bvi bvi7 bvii bvii7 i i11 i42 i43 i6 i64 i65 i7 i9 ii ii42 ii43 ii6 ii64 ii65 ii7 ii7/III ii7/IV ii7/V ii7/VI ii7/VII
ii7/bII ii7/ii ii7/iii ii7/iv ii7/v ii7/vi iii iii6 iii64 iii7 iiio iiio7 iiiø7 iim7 iio iio42 iio43 iio6 iio65 iio7
iiø42 iiø43 iiø65 iiø7 iiø7/V iiø7/ii iiø7/iii iiø7/iv iiø7/vi io io7 iv iv42 iv43 iv6 iv64 iv65 iv7 ivo ivo7 ivø7
iø7 v v6 v64 v7 vi vi42 vi43 vi6 vi64 vi65 vi7 vii viio viio42 viio43 viio6 viio65 viio65/V viio65/ii viio65/iii
viio65/iv viio65/vi viio7 viio7/III viio7/IV viio7/V viio7/VI viio7/VII viio7/bII viio7/ii viio7/iii viio7/iv viio7/v
viio7/vi viiø42 viiø43 viiø65 viiø7 vim7 vio vio7 viø7
"""
AGREED_FIGURES = tuple(_AGREED_FIGURES.split())

# figure, key, the notes music21 reads, the symbol we read, its intervals
MISREAD_FIGURES = [
    # Alterations and added tones are taken for figured bass.
    ("V7b9", "C", "G Ab F", "G7b9", (0, 4, 7, 10, 13)),
    ("V7#9", "C", "G A# F", "G7#9", (0, 4, 7, 10, 15)),
    ("V7#5", "C", "G D# F", "G7#5", (0, 4, 8, 10)),
    ("V7alt", "C", "G B D F", "G7alt", (0, 4, 8, 10, 15)),
    ("V13b9", "C", "G Ab E", "G13b9", (0, 4, 7, 10, 13, 21)),
    ("Vsus4", "C", "G C", "Gsus4", (0, 5, 7)),
    ("Vsus2", "C", "F G B D", "Gsus2", (0, 2, 7)),
    ("V7sus4", "C", "G C F", "G7sus4", (0, 5, 7, 10)),
    ("I69", "C", "C D A", "C6/9", (0, 4, 7, 9, 14)),
    ("I6/9", "C", "C D A", "C6/9", (0, 4, 7, 9, 14)),
    ("Iadd9", "C", "RomanNumeralException", "Cadd9", (0, 4, 7, 14)),
    ("Imaj7#11", "C", "C F# B", "Cmaj7#11", (0, 4, 7, 11, 18)),
    ("iim7b5", "C", "D Ab C", "Dm7b5", (0, 3, 6, 10)),
    ("I5", "C", "C E G", "C5", (0, 7)),
    # maj7 is taken for the key's own seventh.
    ("imaj7", "C", "C Eb G Bb", "Cm(maj7)", (0, 3, 7, 11)),
    ("IVmaj7", "Am", "D F# A C", "Dmaj7", (0, 4, 7, 11)),
    # 7 and 9 are taken for the key's own seventh and ninth: no blues, no tritone substitute.
    ("I7", "C", "C E G B", "C7", (0, 4, 7, 10)),
    ("IV7", "C", "F A C E", "F7", (0, 4, 7, 10)),
    ("bVII7", "C", "Bb D F A", "Bb7", (0, 4, 7, 10)),
    ("bII7", "C", "Db F Ab C", "Db7", (0, 4, 7, 10)),
    ("III7", "Am", "C E G B", "C7", (0, 4, 7, 10)),
    ("VI7", "Am", "F A C E", "F7", (0, 4, 7, 10)),
    ("vii7", "Am", "G# B D# F", "G#m7", (0, 3, 7, 10)),
    ("I9", "C", "C E G B D", "C9", (0, 4, 7, 10, 14)),
    ("V9", "Am", "E G# B D F", "E9", (0, 4, 7, 10, 14)),
    ("iii9", "C", "E G B D F", "Em9", (0, 3, 7, 10, 14)),
    # The tone a tension rubs against is kept.
    ("V13", "C", "G B D F A C E", "G13", (0, 4, 7, 10, 14, 21)),
    ("V11", "C", "G B D F A C", "G11", (0, 7, 10, 14, 17)),
    # A degree in the bass is passed over in silence.
    ("IV/5", "C", "F A C", "F/G", (0, 4, 7)),
    ("I/3", "C", "C E G", "C/E", (0, 4, 7)),
    # A flat that reminds of the mode is added to the mode's own.
    ("bIII", "Am", "Cb Eb Gb", "C", (0, 4, 7)),
    ("bVI", "Am", "Fb Ab Cb", "F", (0, 4, 7)),
    ("bVII", "Am", "Gb Bb Db", "G", (0, 4, 7)),
    ("V7/bVII", "Am", "Db F Ab Cb", "D7", (0, 4, 7, 10)),
    ("bVII", "D dorian", "Cb Eb Gb", "C", (0, 4, 7)),
    # The same notes under another root: these sound as dominants on the lowered sixth degree.
    ("Ger65", "C", "Ab C Eb F#", "Ab7", (0, 4, 7, 10)),
    ("It6", "C", "Ab C F#", "Ab7no5", (0, 4, 10)),
    ("Fr43", "C", "Ab C D F#", "Ab7b5", (0, 4, 6, 10)),
]

_AGREED_SYMBOLS = """
C Cm Cdim C+ Caug C7 Cmaj7 CM7 Cm7 Cmin7 CmM7 Cdim7 Co7 Cø7 Cm7b5 C6 Cm6 C9 Cm9 CM9 Cm11 Csus2 Csus4 Csus C7sus4
C7sus Cadd9 Cmadd9 C5 C7b9 C7#9 C7b5 C7#5 C7+ C7#11 C7b9#11 Cmaj7#11 C/E C/G Am7/G F#m7 F#7b9 G7/B D/F# Cmaj7#5
C+M7 Cm7add11 C9#11 Cdom7 Cmadd11 Cadd11 C7#5#9
"""
AGREED_SYMBOLS = tuple(_AGREED_SYMBOLS.split())

# symbol, the notes music21 reads, the canonical symbol we read, its intervals
MISREAD_SYMBOLS = [
    ("Cmaj9", "ValueError", "Cmaj9", (0, 4, 7, 11, 14)),
    ("Cmaj13", "ValueError", "Cmaj13", (0, 4, 7, 11, 14, 21)),
    ("C6/9", "ValueError", "C6/9", (0, 4, 7, 9, 14)),
    ("C69", "C A D", "C6/9", (0, 4, 7, 9, 14)),
    ("G7alt", "ValueError", "G7alt", (0, 4, 8, 10, 15)),
    ("C^7", "ValueError", "Cmaj7", (0, 4, 7, 11)),
    ("CΔ7", "ValueError", "Cmaj7", (0, 4, 7, 11)),
    ("Dm(maj7)", "ValueError", "Dm(maj7)", (0, 3, 7, 11)),
    ("Bb7", "B D# F# A", "Bb7", (0, 4, 7, 10)),
    ("Bbm7", "ValueError", "Bbm7", (0, 3, 7, 10)),
    ("Ebmaj7", "ValueError", "Ebmaj7", (0, 4, 7, 11)),
    ("Bbadd9", "ValueError", "Bbadd9", (0, 4, 7, 14)),
    ("Cm7/Eb", "ValueError", "Cm7/Eb", (0, 3, 7, 10)),
    ("C-7", "Cb Eb Gb Bbb", "Cm7", (0, 3, 7, 10)),
    ("C-7b5", "Cb Eb Gbb Bbb", "Cm7b5", (0, 3, 6, 10)),
    ("C9sus4", "ValueError", "C9sus4", (0, 5, 7, 10, 14)),
    ("C13sus4", "ValueError", "C13sus4", (0, 5, 7, 10, 14, 21)),
    ("C13", "C E G Bb D F A", "C13", (0, 4, 7, 10, 14, 21)),
    ("C11", "C E G Bb D F", "C11", (0, 7, 10, 14, 17)),
    ("C13b9", "C E G Bb D F A", "C13b9", (0, 4, 7, 10, 13, 21)),
    ("C7b13", "C E G Bb Ab", "C7b13", (0, 4, 10, 20)),
    ("C2", "C D", "Cadd2", (0, 2, 4, 7)),
    ("Db", "ValueError", "Db", (0, 4, 7)),
]
