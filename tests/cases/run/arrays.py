from array import array
import array as A
def t(*a):
    for f in a:
        try: print(repr(f()))
        except BaseException as e: print(type(e).__name__, "|", e)
a=array('i',[1,2,3])
t(lambda: array(), lambda: array(3), lambda: array('x'), lambda: array('ii'), lambda: array('i',"ab"), lambda: array('i', 3), lambda: array('i',[1],2), lambda: array('i', x=1), lambda: array('i', b'ab'), lambda: array('i', b'abcd'), lambda: array('B', b'abc'), lambda: array('u', 'héllo'), lambda: array('i', array('u','a')), lambda: array('d', array('i',[1])), lambda: array('i', array('d',[1.0])), lambda: array('i', bytearray(b'abcd')), lambda: array('i', (1,2)), lambda: array('i', range(3)), lambda: array('i'), lambda: array('u'), lambda: array('d',[float('nan'), float('inf'), -0.0, 1e300]), lambda: array('f',[1e300]), lambda: array('f',[0.1]), lambda: A.typecodes, lambda: array, lambda: type(a).__name__, lambda: A.ArrayType is array)
print("--- methods")
t(lambda: a.append('x'), lambda: a.pop(9), lambda: array('i').pop(), lambda: a.remove(9), lambda: a.index(9), lambda: a.index(2), lambda: a.index(3, 1, 2), lambda: a.index(3,-1), lambda: a.count(1), lambda: a.insert(0,'x'), lambda: a.extend(array('h',[1])), lambda: a.extend([4,5]), lambda: a.extend(3), lambda: a.fromlist((1,)), lambda: a.fromlist([1,'x']), lambda: a, lambda: a.tolist(), lambda: a.tobytes(), lambda: a.tounicode(), lambda: array('u','ab').tounicode(), lambda: a.fromunicode('a'), lambda: a.byteswap(), lambda: a, lambda: a.byteswap(), lambda: a.frombytes(b'abc'), lambda: a.frombytes('abc'), lambda: a.frombytes(b'\x01\0\0\0'), lambda: a, lambda: a.itemsize, lambda: a.typecode, lambda: a.reverse(), lambda: a)
print("--- ops")
t(lambda: a[0], lambda: a[-1], lambda: a[99], lambda: a['x'], lambda: a[1:3], lambda: a[::-2], lambda: a+[1], lambda: a+array('h'), lambda: a+array('i',[7]), lambda: [1]+a, lambda: a*2, lambda: 2*a, lambda: a*'x', lambda: a*-1, lambda: a==array('i', a), lambda: a==a.tolist(), lambda: array('i',[1])==array('d',[1.0]), lambda: array('i',[1,2])<array('i',[1,3]), lambda: array('i',[1])<array('d',[2.0]), lambda: a<[1], lambda: 3 in a, lambda: 'x' in a, lambda: list(a), lambda: hash(a), lambda: len(a), lambda: bool(array('i')), lambda: sum(a), lambda: max(a), lambda: sorted(a), lambda: bytes(a), lambda: bytearray(array('B',[1,2])), lambda: list(reversed(a)), lambda: array('d',[1,2])!=array('d',[1,2]))
b=array('i',range(6))
def st(name, f):
    b = array('i', range(6))
    try: f(b); print(name, b)
    except BaseException as e: print(name, type(e).__name__, "|", e, b)
def s1(b): b[0]=9
def s2(b): b[0]='x'
def s3(b): b[9]=1
def s4(b): b['x']=1
def s5(b): b[1:3]=array('i',[7,8,9])
def s6(b): b[1:3]=[1]
def s7(b): b[1:3]=array('h',[1])
def s8(b): b[::2]=array('i',[1,2,3])
def s9(b): b[::2]=array('i',[1])
def s10(b): b[1:3]=b
def s11(b): del b[0]
def s12(b): del b[9]
def s13(b): del b[1:3]
def s14(b): del b[::2]
def s15(b): b+=[1]
def s16(b): b+=array('i',[1])
def s17(b): b+=array('h',[1])
def s18(b): b*=2
def s19(b): b*=-1
def s20(b): b*='x'
def s21(b): b[0]+=5
def s22(b): b.x=1
def s23(b): b[::2]=array('i')
def s24(b): b[2:2]=array('i',[1])
def s25(b): b[5:2]=array('i',[1])
for n, f in enumerate((s1,s2,s3,s4,s5,s6,s7,s8,s9,s10,s11,s12,s13,s14,s15,s16,s17,s18,s19,s20,s21,s22,s23,s24,s25)): st(n, f)
import copy
t(lambda: copy.copy(b), lambda: copy.deepcopy(b) == b, lambda: copy.copy(b) is b, lambda: b.__copy__(), lambda: array('q',[1]).byteswap(), lambda: array('u','é').tobytes(), lambda: repr(array('u',"a'b")), lambda: str(array('u')), lambda: format(b,'x'), lambda: issubclass(array, object), lambda: array.__module__, lambda: array('b',[1]).__class__, lambda: array('H', b'ab')[0])
t(lambda: array('i',[1,2]).index(2.0), lambda: array('i',{1:2}), lambda: array('d',['x']), lambda: array('i',[1,2,3]).index(x=1))
t(lambda: array('i',[1]).pop('x'), lambda: array('i',[1]).insert('x', 1), lambda: array('i',[1]).index(), lambda: array('i',[1]).append(), lambda:array('i').extend(), lambda: array('i',[5,6]).pop(0), lambda: array('i',[1]).fromlist(), lambda: array('d',[1.5]).index(1.5), lambda: array('d',[True]))
def codes():
    for c in "bBhHiIlLqQfdu":
        print(c, array(c).itemsize)
        t(lambda: array(c,[1.5]), lambda: array(c,["a"]), lambda: array(c,[None]), lambda: array(c,[-1]), lambda: array(c,[2**70]), lambda: array(c,[-2**70]), lambda: array(c,[True]), lambda: array(c, [2**31]),lambda: array(c, [2**15]), lambda: array(c,[2**7]), lambda: array(c,[2**63]), lambda: array(c, [2**16]), lambda: array(c, [2**8]), lambda: array(c, [2**32]), lambda: array(c, [2**64]), lambda: array(c,[-129]), lambda: array(c,[-2**15-1]), lambda: array(c,[-2**31-1]), lambda: array(c,[-2**63-1]), lambda: array(c, [10**400]))
codes()
